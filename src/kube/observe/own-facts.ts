import type { AccessAnswer, AccessCheck, AccessSubject } from '../../core/kube/access.js';
import type { ClusterState, ClusterVersion } from '../../core/kube/cluster.js';
import { unknown } from '../../core/fact.js';
import type { KubeStage } from '../../core/ports/kube.js';
import { instant } from '../../core/time.js';
import { isRaw, items, text, type Raw } from '../raw.js';
import { review } from './review.js';
import type { Shared } from './shared.js';
import { SlowFact } from './slow-fact.js';

/** Who Juju is on the cluster, and what is to be asked about it. */
export interface JujuAccess {
  readonly subject: AccessSubject;
  readonly checks: readonly AccessCheck[];
}

type Slow = Pick<ClusterState, 'version' | 'apiGroups' | 'jujuAccess'>;

/** Facts of the cluster that have no watch. */
export class OwnFacts {
  readonly #version: SlowFact<ClusterVersion>;
  readonly #apiGroups: SlowFact<readonly string[]>;
  readonly #jujuAccess: SlowFact<readonly AccessAnswer[]> | undefined;
  readonly #nobody: Slow['jujuAccess'];

  constructor(shared: Shared, juju: JujuAccess | undefined, onNews: () => void) {
    this.#nobody = nobodyNamed(shared);
    const { client } = shared;
    this.#version = new SlowFact(shared, {
      call: 'GET /version',
      permission: 'get /version',
      read: async () => versionOf(rawOf(await client.get('/version'))),
      onNews,
    });
    this.#apiGroups = new SlowFact(shared, {
      call: 'GET /apis',
      permission: 'get /apis',
      read: async () => groupsOf(rawOf(await client.get('/apis'))),
      onNews,
    });
    if (juju !== undefined) this.#jujuAccess = jujuAccess(shared, juju, onNews);
  }

  get facts(): Slow {
    return {
      version: this.#version.fact,
      apiGroups: this.#apiGroups.fact,
      jujuAccess: this.#jujuAccess?.fact ?? this.#nobody,
    };
  }

  start(): void {
    for (const fact of this.#all()) fact.start();
  }

  close(): void {
    for (const fact of this.#all()) fact.close();
  }

  stages(): readonly KubeStage[] {
    return this.#all().map(({ stage }) => stage);
  }

  #all(): readonly Pick<SlowFact<unknown>, 'start' | 'close' | 'stage'>[] {
    const both = [this.#version, this.#apiGroups];
    return this.#jujuAccess === undefined ? both : [...both, this.#jujuAccess];
  }
}

function nobodyNamed(shared: Shared): Slow['jujuAccess'] {
  const source = { road: 'kubernetes', call: 'SubjectAccessReview' } as const;
  const at = instant(shared.clock.now());
  return unknown({ source, at }, "who Juju's user is on the cluster is not known");
}

function jujuAccess(
  shared: Shared,
  { subject, checks }: JujuAccess,
  onNews: () => void,
): SlowFact<readonly AccessAnswer[]> {
  const kind = subject === 'self' ? 'SelfSubjectAccessReview' : 'SubjectAccessReview';
  return new SlowFact(shared, {
    call: kind,
    permission: `create ${kind.toLowerCase()}s.authorization.k8s.io`,
    read: () => review(shared.client, subject, checks),
    onNews,
  });
}

function rawOf(answer: unknown): Raw {
  if (!isRaw(answer)) throw new Error('the answer is no object');
  return answer;
}

function versionOf(raw: Raw): ClusterVersion {
  const gitVersion = text(raw, 'gitVersion');
  if (gitVersion === undefined) throw new Error('the answer names no version');
  return { gitVersion, platform: text(raw, 'platform') ?? '' };
}

function groupsOf(raw: Raw): readonly string[] {
  return items(raw, 'groups')
    .flatMap((group) => text(group, 'name') ?? [])
    .sort();
}
