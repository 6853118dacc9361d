/** Judgements on the members of an etcd, each of which is looked at by itself. */
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { EtcdMember } from '../../core/evidence/etcd.js';
import { isKnown, valueOf, type Fact } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  inconsistent,
  manual,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { PortProbe } from '../../core/snapshot.js';
import { clientPort, peerPort } from './charmed-etcd.js';
import { bounded, listed } from './gather.js';
import { workloadNeeded, workloadReasons } from './workload-evidence.js';

/** One member with what its ports answer, whoever asked them. */
export interface SeenMember extends EtcdMember {
  readonly unit: string;
}

/** What one member shows: as wanted, a violation, not settled, for a person to look at, or not put to it at all. */
export interface MemberVerdict {
  readonly says: 'good' | 'bad' | 'nothing' | 'manual' | 'apart';
  /** A reason code; '' where all is well. */
  readonly reason: string;
  readonly words: string;
  /** What was looked at, with what was seen in it. */
  readonly seen: readonly (readonly [Fact<unknown>, string])[];
}

export interface MemberQuestion {
  /** What has to be looked at, in words that start a sentence. */
  readonly what: string;
  readonly wanted: string;
  readonly met: string;
  readonly verdict: (member: SeenMember) => MemberVerdict;
}

/** The reasons that `membersJudgement` gives besides those of the verdicts. */
export const memberReasons = {
  ...workloadReasons,
  NoUnits: 'The application has no units that could be looked into.',
  UnitsDiffer: 'Some members are as wanted and others are not.',
  MemberNotSeen: 'A member was not looked into.',
} as const;

/** Judges every member. Members that differ are `inconsistent`; one that was not seen is never taken for granted. */
export function membersJudgement(app: ApplicationView, question: MemberQuestion): Judgement {
  const members = app.get('workload').etcdMembers;
  if (members === undefined) return workloadNeeded(question.what, app);
  if (!isKnown(members)) return notSeen(members, question.wanted);
  const units = app.get('units');
  const names = isKnown(units) ? Object.keys(units.value) : Object.keys(members.value);
  if (names.length === 0) return notApplicable('NoUnits', `${app.name} has no units`);
  const verdicts = names.map((unit) => {
    const member = members.value[unit];
    const verdict =
      member === undefined ? unseen(members) : question.verdict({ ...portsOf(app, unit), ...member, unit });
    return { ...verdict, unit };
  });
  return summed(verdicts, question, evidenceIn(verdicts, question));
}

function unseen(members: Fact<unknown>): MemberVerdict {
  return {
    says: 'nothing',
    reason: 'MemberNotSeen',
    words: 'was not looked into',
    seen: [[members, 'not looked into']],
  };
}

/** What the ports answered from where Holdfast stands. */
function portsOf(app: ApplicationView, unit: string): Pick<EtcdMember, 'clientPort' | 'peerPort'> {
  const probes = app.get('probes');
  const answers = valueOf(probes)?.[unit];
  const fact = (port: number): Fact<PortProbe> | undefined => {
    const value = answers?.[String(port)];
    return value === undefined ? undefined : { value, source: probes.source, at: probes.at };
  };
  const client = fact(clientPort);
  const peer = fact(peerPort);
  return {
    ...(client === undefined ? {} : { clientPort: client }),
    ...(peer === undefined ? {} : { peerPort: peer }),
  };
}

type UnitVerdict = MemberVerdict & { readonly unit: string };

function evidenceIn(verdicts: readonly UnitVerdict[], { wanted }: MemberQuestion): readonly Evidence[] {
  return bounded(
    verdicts.flatMap(({ unit, seen }) => seen.map(([fact, text]) => evidenceOf(fact, text, wanted, unit))),
  );
}

function summed(
  verdicts: readonly UnitVerdict[],
  { met }: MemberQuestion,
  evidence: readonly Evidence[],
): Judgement {
  const saying = (says: MemberVerdict['says']): readonly UnitVerdict[] =>
    verdicts.filter((verdict) => verdict.says === says);
  const [bad, ...moreBad] = saying('bad');
  const [good] = saying('good');
  if (bad !== undefined && good !== undefined)
    return inconsistent(
      'UnitsDiffer',
      `${good.unit} is as wanted, but ${told([bad, ...moreBad])}`,
      ...evidence,
    );
  if (bad !== undefined) return fail(bad.reason, told([bad, ...moreBad]), ...evidence);
  const [nothing, ...moreNothing] = saying('nothing');
  if (nothing !== undefined) return unsettled(nothing.reason, told([nothing, ...moreNothing]), ...evidence);
  const [open, ...moreOpen] = saying('manual');
  if (open !== undefined) return manual(open.reason, told([open, ...moreOpen]), ...evidence);
  const [apart] = saying('apart');
  if (good === undefined && apart !== undefined) return notApplicable(apart.reason, told([apart]));
  return pass(met, ...evidence);
}

/** `etcd/0 speaks in clear`; those that say the same share their words. */
function told(verdicts: readonly UnitVerdict[]): string {
  const byWords = new Map<string, string[]>();
  for (const { words, unit } of verdicts) byWords.set(words, [...(byWords.get(words) ?? []), unit]);
  return listed(
    [...byWords].map(
      ([words, units]) => `${units.length > 1 ? 'each of ' : ''}${listed(units, ', ')} ${words}`,
    ),
  );
}
