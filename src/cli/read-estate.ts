import { readTextFile } from '../config/read-file.js';
import { InputError } from '../core/input-error.js';
import type { WatchedCluster } from '../core/policy/clusters.js';
import type { Policy } from '../core/policy/policy.js';
import type { ReportSource } from '../core/report/types.js';
import type { Snapshot } from '../core/snapshot.js';
import { instant } from '../core/time.js';
import { etcdNames, etcdRequest } from './etcd-options.js';
import type { RoadOptions } from './options.js';
import { progressOn } from './progress.js';
import { namedCluster, withClusters } from './read-clusters.js';
import { withStacks } from './read-stacks.js';
import type { EtcdRequest, Services, TextOrigin } from './services.js';

/** By which road the estate is read, and the file that it is in, if any. */
type EstateRoad =
  | { readonly kind: FileKind; readonly file: string }
  | { readonly kind: 'juju' | 'controllers'; readonly raw?: string | undefined }
  | { readonly kind: 'etcd'; readonly request: EtcdRequest };

/** The same, with the cluster below the estate that is read besides. */
export type Road = EstateRoad & { readonly cluster?: WatchedCluster };

/** The roads that read a file or a folder, as their options are called. */
export type FileKind = 'status' | 'bundle' | 'terraform-plan' | 'snapshot' | 'recording';

/** The files and folders that the options name. */
export function filesIn(options: RoadOptions): readonly { readonly kind: FileKind; readonly file: string }[] {
  const { status, bundle, terraformPlan, snapshot, recording } = options;
  const named = { status, bundle, 'terraform-plan': terraformPlan, snapshot, recording } as const;
  return (Object.keys(named) as FileKind[]).flatMap((kind) => {
    const file = named[kind];
    return file === undefined ? [] : [{ kind, file }];
  });
}

/** An estate with where it was read. */
export interface Estate {
  readonly snapshot: Snapshot;
  readonly source: ReportSource;
}

/** Roads on which the estate is read as it is now, or shortly before: a cluster may be read beside them. */
const besideCluster: ReadonlySet<Road['kind']> = new Set(['juju', 'controllers', 'status']);

/** The one road that the options name. @throws InputError when they name none or several. */
export function roadOf(options: RoadOptions, policyFile: string | undefined): Road {
  const road = estateRoad(options, policyFile);
  const cluster = namedCluster(options);
  if (cluster === undefined) return road;
  if (besideCluster.has(road.kind)) return { ...road, cluster };
  throw new InputError(
    `a cluster is read as it is now: use ${cluster.kubeconfig === undefined ? '--in-cluster' : '--kubeconfig'} with --juju, --status or --policy, instead of --${road.kind}`,
  );
}

function estateRoad(options: RoadOptions, policyFile: string | undefined): EstateRoad {
  const files = filesIn(options);
  const request = etcdRequest(options);
  const named: readonly EstateRoad[] = [
    ...files,
    ...(options.juju === true ? [{ kind: 'juju' } as const] : []),
    ...(request === undefined ? [] : [{ kind: 'etcd', request } as const]),
  ];
  const [road, second] = named;
  if (second !== undefined)
    throw new InputError(
      `choose one of ${named.map(({ kind }) => (kind === 'etcd' ? '--etcd-…' : `--${kind}`)).join(' and ')}: a run reads one source`,
    );
  if (road !== undefined) return road;
  if (policyFile !== undefined) return { kind: 'controllers' };
  throw new InputError(
    'nothing to read was named: --status FILE, --bundle FILE, --terraform-plan FILE, --snapshot FILE, --recording DIR, --juju, or --policy FILE with controllers.\n' +
      'For a first look: juju status --format json | holdfast audit --status -',
  );
}

/** Reads the estate by its road. @throws InputError for what a person can mend. */
export async function readEstate(road: Road, policy: Policy, services: Services): Promise<Estate> {
  const { snapshot, source } = await estateBy(road, policy, services);
  const { clusters: watched, observability } = road.kind === 'controllers' ? policy : {};
  const below = await withClusters(snapshot, { named: road.cluster, watched }, services);
  return { snapshot: await withStacks(below, observability, services), source };
}

async function estateBy(road: EstateRoad, policy: Policy, services: Services): Promise<Estate> {
  switch (road.kind) {
    case 'juju':
    case 'controllers':
      return liveEstate(road, policy, services);
    case 'recording':
      return recordedEstate(road.file, services);
    case 'etcd':
      return etcdEstate(road.request, services);
    default:
      return savedEstate({ ...road, kind: road.kind }, services);
  }
}

async function liveEstate(
  { kind, raw }: Extract<EstateRoad, { kind: 'juju' | 'controllers' }>,
  policy: Policy,
  services: Services,
): Promise<Estate> {
  const { roads, environment, io, now } = services;
  const progress = progressOn(io, now);
  const look = { environment, progress: progress.tell, raw };
  const reading =
    kind === 'juju'
      ? available(roads.juju, '--juju')({ ...look, policy })
      : available(roads.controllers, '--policy')(policy, look);
  const snapshot = await reading.finally(progress.done);
  const names = Object.keys(snapshot.controllers).join(', ');
  const road = kind === 'juju' ? 'cli' : 'api';
  return {
    snapshot,
    source: { road, name: names === '' ? 'no controller' : names, takenAt: snapshot.takenAt },
  };
}

async function recordedEstate(folder: string, { roads }: Services): Promise<Estate> {
  const snapshot = await available(roads.recording, '--recording')(folder);
  return { snapshot, source: { road: 'recording', name: folder, takenAt: snapshot.takenAt } };
}

async function etcdEstate(request: EtcdRequest, { roads }: Services): Promise<Estate> {
  const snapshot = await available(roads.etcd, '--etcd-…')(request);
  return { snapshot, source: { road: 'etcd', name: etcdNames(request), takenAt: snapshot.takenAt } };
}

type SavedKind = Exclude<FileKind, 'recording'>;

interface SavedFile {
  readonly kind: SavedKind;
  readonly file: string;
}

/** How reports call the roads of files. */
const roadNames: Readonly<Record<SavedKind, string>> = {
  status: 'status-file',
  bundle: 'bundle',
  'terraform-plan': 'terraform',
  snapshot: 'snapshot',
};

async function savedEstate(road: SavedFile, services: Services): Promise<Estate> {
  const { content, origin } = await readOrigin(road.file, services);
  const snapshot = await readerOf(road.kind, services)(content, origin);
  return { snapshot, source: { road: roadNames[road.kind], name: origin.source, takenAt: snapshot.takenAt } };
}

function readerOf(kind: SavedKind, { roads }: Services): NonNullable<Services['roads']['status']> {
  if (kind === 'terraform-plan') return available(roads.terraform, '--terraform-plan');
  if (kind !== 'snapshot') return available(roads[kind], `--${kind}`);
  return async (content, origin) => {
    const { readSnapshotText } = await import('../config/snapshot.js');
    return readSnapshotText(content, origin.source);
  };
}

async function readOrigin(
  file: string,
  { io, now }: Services,
): Promise<{ content: string; origin: TextOrigin }> {
  if (file === '-') {
    if (io.interactive) io.err('reading standard input; end it with Ctrl-D\n');
    return { content: await io.readInput(), origin: { source: 'standard input', at: instant(now()) } };
  }
  const { content, modified } = readTextFile(file);
  return { content, origin: { source: file, at: instant(Math.floor(modified / 1000) * 1000) } };
}

function available<T>(road: T | undefined, option: string): T {
  if (road === undefined) throw new InputError(`${option} is not available in this build`);
  return road;
}
