import { beforeEach, describe, expect, it } from '@jest/globals';
import { cluster as clusterState } from '../../../test/support/cluster.js';
import { silentLog } from '../../../test/support/silent.js';
import { controller, estate, model, unknownFact } from '../../../test/support/world.js';
import type { ClusterState } from '../../core/kube/cluster.js';
import { clusterDefaults, type WatchedCluster } from '../../core/policy/clusters.js';
import { observeOnly } from '../../core/policy/policy.js';
import type { ClusterChange, KubeHealth, KubeSource } from '../../core/ports/index.js';
import type { ControllerState } from '../../core/snapshot.js';
import { virtualClock, type VirtualClock } from '../../simulator/virtual-clock.js';
import { WorkQueue } from '../queue.js';
import { Clusters } from './clusters.js';
import { clusterDoubts } from './readiness.js';

interface Source extends KubeSource {
  readonly followed: () => readonly string[];
  show: (state: ClusterState) => void;
  tell: (change: ClusterChange) => void;
  standing: Partial<KubeHealth>;
  isClosed: boolean;
}

function scripted(name: string): Source {
  let namespaces: readonly string[] = [];
  let state: ClusterState = { ...clusterState(), name };
  let listener: (change: ClusterChange) => void = () => undefined;
  const source: Source = {
    cluster: name,
    start: () => undefined,
    follow: (names) => (namespaces = names),
    current: () => state,
    onChange: (given) => {
      listener = given;
      return () => undefined;
    },
    review: () => Promise.resolve([]),
    health: () => ({ cluster: name, connected: true, ageSeconds: 1, watches: [], ...source.standing }),
    stage: () => 'read',
    close: () => {
      source.isClosed = true;
      return Promise.resolve();
    },
    followed: () => namespaces,
    show: (next) => (state = next),
    tell: (change) => {
      listener(change);
    },
    standing: {},
    isClosed: false,
  };
  return source;
}

const k8s = model({ type: 'caas' });
function controllersOf(models: Record<string, typeof k8s>, name = 'prod'): readonly ControllerState[] {
  return Object.values(estate({ controllers: { [name]: controller({ models }) } }).controllers);
}

let clock: VirtualClock;
let queue: WorkQueue;
let opened: Source[];
let refusal: string | undefined;
let clusters: Clusters;

beforeEach(() => {
  clock = virtualClock();
  queue = new WorkQueue(clock);
  opened = [];
  refusal = undefined;
  const followCluster = ({ name }: WatchedCluster): Promise<KubeSource> => {
    if (refusal !== undefined) return Promise.reject(new Error(refusal));
    const source = scripted(name);
    opened.push(source);
    return Promise.resolve(source);
  };
  clusters = new Clusters({ followCluster, queue, clock, log: silentLog });
});

async function adopt(...watched: readonly (Partial<WatchedCluster> & { name: string })[]): Promise<void> {
  const all = watched.map((own) => ({ ...clusterDefaults, ...own }));
  await clusters.adopt({ ...observeOnly, clusters: all });
  await clock.advance(0);
}

function under(models: Record<string, typeof k8s>): ReturnType<Clusters['under']> {
  return clusters.under(controllersOf(models), clock.now());
}

async function looks(): Promise<readonly string[]> {
  const keys: string[] = [];
  while (queue.view().depth > 0) {
    const key = await queue.take();
    if (key !== undefined) {
      keys.push(key);
      queue.done(key);
    }
  }
  return keys;
}

const namespaces = (index = 0): readonly string[] => opened[index]?.followed() ?? ['no such source'];

describe('the clusters of a policy', () => {
  it('are none where it names none', async () => {
    await adopt();
    expect(under({ data: k8s })).toBeUndefined();
  });

  it('are followed in the namespaces of the models on Kubernetes, the controller’s own included', async () => {
    await adopt({ name: 'k8s' });
    under({ data: k8s, 'alice/web': k8s, machines: model(), controller: k8s });
    expect(namespaces()).toEqual(['data', 'web', 'controller-prod']);
  });

  it('are followed in those that they match alone', async () => {
    await adopt(
      { name: 'a', match: { model: 'data*' } },
      { name: 'b', match: { controller: 'other' } },
      { name: 'c', match: { controller: 'prod' } },
    );
    under({ data: k8s, web: k8s });
    expect([namespaces(0), namespaces(1), namespaces(2)]).toEqual([['data'], [], ['data', 'web']]);
  });

  it('are followed in those of the models that this unit looks after, as these change', async () => {
    let held = 'prod:data';
    const followCluster = ({ name }: WatchedCluster): Promise<KubeSource> => {
      opened.push(scripted(name));
      return Promise.resolve(opened[0] as KubeSource);
    };
    clusters = new Clusters({ followCluster, queue, clock, log: silentLog, holds: (key) => key === held });
    await adopt({ name: 'k8s' });
    under({ data: k8s, web: k8s });
    expect(namespaces()).toEqual(['data']);
    held = 'prod:web';
    under({ data: k8s, web: k8s });
    await clock.advance(300_000);
    under({ data: k8s, web: k8s });
    expect(namespaces()).toEqual(['web']);
  });

  it('show the same object while nothing changes', async () => {
    await adopt({ name: 'k8s' });
    const controllers = controllersOf({ data: k8s });
    const before = clusters.under(controllers, clock.now());
    expect(clusters.under(controllers, clock.now())).toBe(before);
    opened[0]?.show({ ...clusterState(), name: 'k8s' });
    expect(clusters.under(controllers, clock.now())).not.toBe(before);
  });

  it('have only those models looked at whose namespace reads differently, or all of its own', async () => {
    await adopt({ name: 'a', match: { model: 'data' } }, { name: 'b', match: { model: 'web' } });
    under({ data: k8s, web: k8s, machines: model() });
    await looks();
    opened[0]?.tell({ cluster: 'a', namespace: 'data' });
    expect(await looks()).toEqual(['prod:data']);
    opened[0]?.tell({ cluster: 'a', namespace: 'web' });
    expect(await looks()).toEqual([]);
    opened[1]?.tell({ cluster: 'b' });
    expect(await looks()).toEqual(['prod:web']);
  });

  it('keep a namespace whose model is out of sight for a moment, and leave it when it stays away', async () => {
    await adopt({ name: 'k8s' });
    under({ data: k8s, web: k8s });
    under({ web: k8s });
    expect(namespaces()).toEqual(['data', 'web']);
    await clock.advance(200_000);
    under({ web: k8s, data: model({ type: 'caas', info: unknownFact('not read') }) });
    expect(namespaces()).toEqual(['data', 'web']);
    under({ data: k8s, web: k8s });
    under({ web: k8s });
    await clock.advance(200_000);
    under({ web: k8s });
    expect(namespaces()).toEqual(['data', 'web']);
    await clock.advance(200_000);
    under({ web: k8s });
    expect(namespaces()).toEqual(['web']);
  });

  it('stay as they are under another policy that says the same, and are left when it does not', async () => {
    await adopt({ name: 'a' }, { name: 'b' }, { name: 'c' });
    await adopt({ name: 'a' }, { name: 'b', maxAge: 300 });
    expect(opened.map(({ cluster, isClosed }) => [cluster, isClosed])).toEqual([
      ['a', false],
      ['b', true],
      ['c', true],
      ['b', false],
    ]);
    expect(Object.keys(under({ data: k8s }) ?? {})).toEqual(['a', 'b']);
    expect(namespaces(3)).toEqual(['data']);
    await clusters.leaveAll();
    expect(opened.every(({ isClosed }) => isClosed)).toBe(true);
  });

  it('that come while they are left are closed at once', async () => {
    const adopting = clusters.adopt({ ...observeOnly, clusters: [{ ...clusterDefaults, name: 'k8s' }] });
    await adopting;
    await clusters.leaveAll();
    await clock.advance(0);
    expect(opened.map(({ isClosed }) => isClosed)).toEqual([true]);
  });
});

describe('a cluster whose access cannot be used', () => {
  it('shows unknown facts with the reason, is told, and is tried again', async () => {
    refusal = 'kubeconfig: there is no such file';
    await adopt({ name: 'k8s' });
    const blind = under({ data: k8s })?.['k8s'];
    const gap = { unknown: { reason: refusal } };
    expect([blind?.version, blind?.namespaces['data']?.pods]).toMatchObject([gap, gap]);
    expect(under({ data: k8s })?.['k8s']).toBe(blind);
    expect(clusterDoubts(clusters.standings())).toEqual({
      unread: [`cluster k8s has not been read yet: ${refusal}`],
      degraded: [],
    });
    refusal = undefined;
    await looks();
    await clock.advance(30_000);
    expect(namespaces()).toEqual(['data']);
    expect(await looks()).toEqual(['prod:data']);
    expect(clusterDoubts(clusters.standings())).toEqual({ unread: [], degraded: [] });
  });

  it('is not tried again once it was left', async () => {
    refusal = 'no';
    await adopt({ name: 'k8s' });
    await clusters.leaveAll();
    refusal = undefined;
    await clock.advance(120_000);
    expect(opened).toEqual([]);
  });
});

describe('readiness by clusters', () => {
  const doubts = (standing: Partial<KubeHealth>): ReturnType<typeof clusterDoubts> => {
    const source = opened[0];
    if (source !== undefined) source.standing = standing;
    return clusterDoubts(clusters.standings());
  };

  it('waits for the first reading alone: what is lost later is told', async () => {
    await adopt({ name: 'k8s' });
    const silent = { ageSeconds: undefined as never, connected: false };
    expect(doubts({ ...silent, trouble: 'refused' }).unread).toEqual([
      'cluster k8s has not been read yet: refused',
    ]);
    expect(doubts({})).toEqual({ unread: [], degraded: [] });
    expect(doubts({ ...silent, trouble: 'connection lost' })).toEqual({
      unread: [],
      degraded: ['cluster k8s: connection lost'],
    });
    expect(doubts({ ageSeconds: 599 }).degraded).toEqual([]);
    expect(doubts({ ageSeconds: 601 }).degraded).toEqual(['cluster k8s was not heard for 601 s']);
  });
});
