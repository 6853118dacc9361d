import type { ClusterChange, KubeHealth, KubeSource } from '../../core/ports/kube.js';
import type { Clock, Log, Random } from '../../core/ports/index.js';
import { KubeClient } from '../access/client.js';
import type { ClusterAccess } from '../access/cluster-access.js';
import { Slots } from '../watch/slots.js';
import { Keeper } from './keeper.js';
import { OwnFacts, type JujuAccess } from './own-facts.js';
import { review } from './review.js';
import { followDefaults, type FollowSettings } from './settings.js';
import type { Shared } from './shared.js';
import { Sources, type Scope } from './sources.js';
import { healthOf, stageOf } from './health.js';

export interface FollowClusterOptions {
  readonly access: ClusterAccess;
  /** Namespaces to begin with; `follow` changes them. */
  readonly namespaces: readonly string[];
  /** `namespaced` when absent: nine connections for each namespace, and rights in these alone. */
  readonly scope?: Scope;
  /** Who Juju is on the cluster and what it ought to be allowed; unknown when absent. */
  readonly juju?: JujuAccess;
  /** Holdfast's own version. */
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings?: Partial<FollowSettings>;
}

/** Follows one cluster. Nothing is opened before `start`. */
export function followCluster(options: FollowClusterOptions): KubeSource {
  const shared = sharedOf(options);
  const { clock, settings, cluster } = shared;
  const own = new OwnFacts(shared, options.juju, () => {
    keeper.mark(['']);
  });
  const sources = new Sources(shared, options.scope ?? 'namespaced', (places) => {
    keeper.mark(places);
  });
  const keeper = new Keeper(shared, sources, own);
  sources.follow(options.namespaces);
  let stopLooking: () => void = () => undefined;
  function lookAtAge(): void {
    for (const source of sources.all()) source.lookAtAge();
    stopLooking = clock.after(settings.ageLookMs, lookAtAge);
  }
  let state: 'made' | 'started' | 'closed' = 'made';
  return {
    cluster,
    start: () => {
      if (state !== 'made') return;
      state = 'started';
      sources.start();
      own.start();
      lookAtAge();
    },
    follow: (names) => {
      if (state !== 'closed') sources.follow(names);
    },
    current: () => keeper.current,
    onChange: (listener: (change: ClusterChange) => void) => keeper.onChange(listener),
    review: (subject, checks) => review(shared.client, subject, checks),
    health: (): KubeHealth => healthOf(cluster, sources),
    stage: () => stageOf([...sources.all()].map((source) => source.stage()).concat(own.stages())),
    close: async () => {
      state = 'closed';
      stopLooking();
      own.close();
      keeper.close();
      await sources.close();
      shared.client.close();
    },
  };
}

function sharedOf(options: FollowClusterOptions): Shared {
  const { access, clock, random, log, version } = options;
  const settings = { ...followDefaults, ...options.settings };
  return {
    cluster: access.name,
    client: new KubeClient({ access, clock, userAgent: `holdfast/${version}`, settings }),
    ...{ clock, random, settings },
    log: log.child({ cluster: access.name }),
    slots: new Slots(settings.listsAtOnce),
  };
}
