import type { Context } from '../../core/control.js';
import { isKnown, valueOf, type Known } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  manual,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { ClusterVersion } from '../../core/kube/cluster.js';
import { millis } from '../../core/time.js';
import { lookup } from '../shared/lookup.js';
import { distributionOf, type Distribution } from './distributions.js';
import type { Subject } from './in-cluster.js';

/** The reasons that `distributionJudgement` gives. */
export const distributionReasons = {
  DistributionNotKnown:
    'The cluster bears no mark of a distribution that Holdfast knows: a person has to say which guide holds.',
  VersionUnsupported: 'The version of Kubernetes gets no more fixes.',
  SupportNotKnown: 'It is not known until when this version of Kubernetes is supported.',
  NodesNotSeen: 'What tells the distribution stands on the nodes, and they were not read.',
} as const;

/** The policy's word on versions, where it has one. */
export interface VersionPolicy {
  /** The lowest version that is accepted in place of what the project supports, as in 1.33. */
  readonly minimumVersion?: string | undefined;
}

type Judging = Pick<Context<VersionPolicy>, 'params' | 'knowledge' | 'time'>;

/** Whether the distribution is known and its version of Kubernetes still mended. */
export function distributionJudgement({ cluster }: Subject, { params, knowledge, time }: Judging): Judgement {
  const wanted = 'a known distribution, and a version that is supported';
  const version = cluster.get('version');
  if (!isKnown(version)) return notSeen(version, wanted);
  const nodes = cluster.get('nodes');
  const marks = {
    gitVersion: version.value.gitVersion,
    apiGroups: valueOf(cluster.get('apiGroups')) ?? [],
    nodes: Object.values(valueOf(nodes) ?? {}),
  };
  const distribution = distributionOf(marks);
  const seen = evidenceOf(
    version,
    `${distribution?.name ?? 'unknown distribution'} ${version.value.gitVersion}`,
    wanted,
  );
  const age = supportOf(version, { params, knowledge, time }, seen);
  if (age.outcome === 'fail') return age;
  if (distribution !== undefined) return named(age, distribution);
  if (!isKnown(nodes))
    return unsettled('NodesNotSeen', 'the nodes, which tell the distribution, were not read', seen);
  return manual('DistributionNotKnown', `${cluster.name} bears the mark of no known distribution`, seen);
}

function named(age: Judgement, { name, guide }: Distribution): Judgement {
  return { ...age, message: `${name}: ${age.message}; its security guide: ${guide}` };
}

function supportOf(
  { value: { gitVersion } }: Known<ClusterVersion>,
  { params: { minimumVersion }, knowledge, time }: Judging,
  seen: Evidence,
): Judgement {
  const version = /^v?(\d+\.\d+)/.exec(gitVersion)?.[1] ?? '';
  if (minimumVersion !== undefined && version !== '') return againstMinimum(version, minimumVersion, seen);
  const support = lookup(knowledge.kubernetesReleases, version);
  const ends = millis(support?.supportedUntil ?? '');
  if (support === undefined || Number.isNaN(ends))
    return unsettled('SupportNotKnown', `until when ${gitVersion} is supported is not known`, seen);
  const until = support.supportedUntil;
  if (time.isPast(ends))
    return fail('VersionUnsupported', `support of Kubernetes ${version} ended on ${until}`, seen);
  return pass(`Kubernetes ${version} is supported until ${until}`, seen);
}

function againstMinimum(version: string, minimum: string, seen: Evidence): Judgement {
  const message = `Kubernetes ${version} is older than ${minimum}, which the policy wants`;
  return isOlder(version, minimum)
    ? fail('VersionUnsupported', message, seen)
    : pass(`Kubernetes ${version} is at least ${minimum}`, seen);
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = than.split('.').map(Number);
  return major === wantedMajor ? minor < wantedMinor : major < wantedMajor;
}
