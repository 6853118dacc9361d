import { loadKnowledge } from '../../config/knowledge.js';
import { waiverNameMistakes } from '../../config/policy/against-guides.js';
import type { InspectedPolicy } from '../../config/policy/load.js';
import type { Guide } from '../../core/control.js';
import { evaluate } from '../../core/evaluate/index.js';
import type { Finding } from '../../core/finding.js';
import { waiverLedger, type LedgerEntry } from '../../core/policy/ledger.js';
import type { WatchedCluster } from '../../core/policy/clusters.js';
import type { Policy, PolicyRule } from '../../core/policy/policy.js';
import { reportLedgerEntry } from '../../core/report/build.js';
import type { ReportLedgerEntry } from '../../core/report/types.js';
import { attestationsOf, type AttestationEntry } from './attestations.js';
import { blockingRules, blocksInTheWay, type BlockInTheWay } from './blocks.js';
import { notifySheet, type NotifySheet } from './notify.js';
import { stackSheets, type StackSheet } from './observability.js';
import { oneSided } from './one-sided.js';
import { idleRules, switchedOn } from './rules.js';
import type { Estate } from '../read-estate.js';

/** What a policy would do, and what in it does nothing. */
export interface PolicyCheck {
  readonly file: string;
  readonly mistakes: readonly string[];
  /** Troubles with the files that it names. */
  readonly notes: readonly string[];
  readonly controllers: readonly { readonly name: string; readonly identities: readonly string[] }[];
  readonly clusters: readonly ClusterSheet[];
  /** Observability stacks that would be asked. */
  readonly observability: readonly StackSheet[];
  /** Present where anybody is told anything. */
  readonly notify?: NotifySheet;
  readonly defaults: Policy['defaults'];
  readonly rules: readonly RuleSheet[];
  /** Whom it names, and what it wants of them. */
  readonly users: Policy['users'];
  readonly waivers: readonly (ReportLedgerEntry | RefusedEntry)[];
  readonly attestations: readonly AttestationEntry[];
  /** Present where an estate was named. */
  readonly estate?: {
    readonly name: string;
    readonly blocks: readonly BlockInTheWay[];
  };
  /** One sentence for each rule that does nothing or blocks our own fixes, and for each block in the way. */
  readonly idle: readonly string[];
  /** One sentence for each change that it would make by half. */
  readonly oneSided: readonly string[];
}

export interface RuleSheet extends PolicyRule {
  readonly path: string;
}

/** A cluster that would be looked at, and for which models. */
export interface ClusterSheet extends Pick<WatchedCluster, 'name' | 'kubeconfig' | 'context' | 'match'> {
  /** Whether it would be asked what Juju may do. */
  readonly asksForJuju: boolean;
}

/** A waiver whose form is wrong. */
interface RefusedEntry {
  readonly id: string;
  readonly state: 'invalid';
  readonly message: string;
}

interface Surroundings {
  readonly guides: readonly Guide[];
  readonly estate: Estate | undefined;
  /** ms. */
  readonly asOf: number;
  readonly dataDir: string | undefined;
}

/** Whether everything in it does what it was written for. */
export function isAllAtWork({ idle, oneSided: halves, waivers, attestations }: PolicyCheck): boolean {
  return (
    idle.length + halves.length === 0 &&
    waivers.every(({ state }) => state === 'active' || state === 'expiring') &&
    attestations.every(({ state }) => state === 'current')
  );
}

/** Holds a policy without mistakes against the guides and, where there is one, an estate. */
export function checkOf(
  given: InspectedPolicy & { readonly file: string },
  surroundings: Surroundings,
): PolicyCheck {
  const { policy, file, mistakes, notes, refused } = given;
  const { guides, estate, asOf } = surroundings;
  const findings = estate && judged(policy, estate, surroundings);
  const ledger = waiverLedger({ policy, guides, asOf, ...(findings && { findings }) });
  const attestations = attestationsOf(policy, findings, asOf);
  const all = estate && judged(switchedOn(policy), estate, surroundings);
  const blocks = estate && blocksInTheWay(policy, estate.snapshot, (p) => judged(p, estate, surroundings));
  return {
    file,
    mistakes,
    notes,
    controllers: controllersOf(policy),
    clusters: clustersOf(policy),
    observability: stackSheets(policy),
    ...notifySheet(policy),
    defaults: policy.defaults,
    rules: policy.rules.map((rule, index) => ({ path: `rules[${index}]`, ...rule })),
    users: policy.users,
    waivers: [...ledger.map((entry) => entryOf(entry, guides)), ...refused.map(refusedEntry)],
    attestations,
    ...(estate && { estate: { name: estate.source.name, blocks: blocks ?? [] } }),
    idle: [
      ...(all === undefined ? [] : idleRules(policy, all)),
      ...(blocks?.map(({ message }) => message) ?? blockingRules(policy)),
    ],
    oneSided: oneSided(policy, guides, all),
  };
}

function judged(
  policy: Policy,
  { snapshot }: Estate,
  { guides, asOf, dataDir }: Surroundings,
): readonly Finding[] {
  return evaluate(guides, snapshot, { policy, knowledge: loadKnowledge(dataDir) }, asOf);
}

function controllersOf(policy: Policy): PolicyCheck['controllers'] {
  return policy.controllers.map((access) => ({
    name: access.name,
    identities: (['observer', 'auditor', 'prober', 'remediator'] as const).filter(
      (role) => access[role] !== undefined,
    ),
  }));
}

function clustersOf({ clusters = [] }: Policy): PolicyCheck['clusters'] {
  return clusters.map(({ name, kubeconfig, context, match, jujuUser }) => ({
    name,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
    match,
    asksForJuju: jujuUser !== undefined,
  }));
}

function entryOf(entry: LedgerEntry, guides: readonly Guide[]): ReportLedgerEntry {
  return { ...reportLedgerEntry(entry), message: messageOf(entry, guides) };
}

/** With what may have been meant, where a name is wrong. */
function messageOf({ waiver, state, message }: LedgerEntry, guides: readonly Guide[]): string {
  return state === 'never-matching' ? (waiverNameMistakes(waiver, guides)[0] ?? message) : message;
}

function refusedEntry({ id, mistakes }: InspectedPolicy['refused'][number]): RefusedEntry {
  return { id, state: 'invalid', message: mistakes.join('; ') };
}
