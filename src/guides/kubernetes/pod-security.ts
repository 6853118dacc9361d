import { evidenceOf, fail, pass, type Evidence, type Judgement } from '../../core/judgement.js';
import { labelOf } from '../../core/kube/network-policy/selector.js';
import type { Namespace } from '../../core/kube/object.js';
import { seeing } from '../shared/kubernetes-evidence.js';
import type { Subject } from './in-cluster.js';

/** From the weakest to the strictest. */
export const podSecurityLevels = ['privileged', 'baseline', 'restricted'] as const;
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

const modes = ['enforce', 'audit', 'warn'] as const;
type Mode = (typeof modes)[number];

/** The reasons that `podSecurityJudgement` gives. */
export const podSecurityReasons = {
  PodSecurityTooWeak: 'A Pod Security label is missing, or names a weaker level than the policy wants.',
  PodSecurityLabelNotKnown: 'A Pod Security label names a level that does not exist.',
} as const;

/** Whether the namespace's Pod Security labels are at least as strict as wanted; one that is missing is privileged. */
export function podSecurityJudgement(
  { namespace }: Subject,
  wanted: Readonly<Record<Mode, PodSecurityLevel>>,
): Judgement {
  const words = modes.map((mode) => `${mode} ${wanted[mode]}`).join(', ');
  return seeing({ fact: namespace.get('namespace') }, words, ({ fact }) => {
    const found = modes.map((mode) => ({ mode, level: levelIn(fact.value, mode) }));
    const seen = evidenceOf(
      fact,
      found.map(({ mode, level }) => `${mode} ${level ?? 'not set'}`).join(', '),
      `at least ${words}`,
    );
    return judged(found, wanted, seen);
  });
}

interface Found {
  readonly mode: Mode;
  readonly level: string | undefined;
}

function judged(
  found: readonly Found[],
  wanted: Readonly<Record<Mode, PodSecurityLevel>>,
  seen: Evidence,
): Judgement {
  const strange = found.filter(({ level }) => level !== undefined && rank(level) < 0);
  const [odd] = strange;
  if (odd !== undefined)
    return fail('PodSecurityLabelNotKnown', `${odd.mode} names the level ${odd.level ?? ''}`, seen);
  const weak = found.filter(({ mode, level }) => rank(level ?? 'privileged') < rank(wanted[mode]));
  if (weak.length === 0) return pass('the Pod Security labels are as wanted', seen);
  const list = weak.map(({ mode, level }) => `${mode} is ${level ?? 'not set'}`).join(', ');
  return fail('PodSecurityTooWeak', list, seen);
}

function levelIn({ labels }: Namespace, mode: Mode): string | undefined {
  return labelOf(labels, `pod-security.kubernetes.io/${mode}`);
}

function rank(level: string): number {
  return podSecurityLevels.findIndex((known) => known === level);
}
