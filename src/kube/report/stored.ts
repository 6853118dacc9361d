/** Our reports in the cluster: which there are, and requests on them. Only their metadata is ever read. */
import { formatShapes, type FormatShape } from '../../core/openreports/format.js';
import {
  contentAnnotation,
  controllerLabel,
  instanceLabel,
  managedBy,
  modelLabel,
  type ReportObject,
} from '../../core/openreports/types.js';
import type { KubeClient } from '../access/client.js';
import { pagesOf } from '../pages.js';
import { branch, isRaw, items, present, text, type Raw } from '../raw.js';

/** Where an object is: its API, its kind, its names. */
export interface Spot {
  readonly group: string;
  readonly plural: string;
  readonly namespace?: string;
  readonly name: string;
}

export interface StoredReport {
  readonly spot: Spot;
  /** As its annotation tells it. */
  readonly content?: string;
  /** Changes whenever anybody changes the object. */
  readonly version: string;
  /** Values of its labels. */
  readonly controller: string;
  readonly model?: string;
}

const onlyMetadata = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const onlyMetadatas = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** One string for a spot. */
export function spotKey({ group, plural, namespace = '', name }: Spot): string {
  return `${group}/${plural}/${namespace}/${name}`;
}

export function spotOf({ kind, namespace, name }: ReportObject, { group, ...shape }: FormatShape): Spot {
  const { plural } = kind === shape.inNamespace.kind ? shape.inNamespace : shape.ofCluster;
  return { group, plural, name, ...present({ namespace }) };
}

function collectionPath({ group, plural, namespace }: Omit<Spot, 'name'>): string {
  const within = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `/apis/${group}/${versionOf(group)}${within}/${plural}`;
}

function versionOf(group: string): string {
  return Object.values(formatShapes).find((shape) => shape.group === group)?.version ?? '';
}

/**
 * Writes the whole object, whatever else it held before, and takes over every field that somebody else has set.
 * @throws what the client throws.
 */
export async function apply(
  client: KubeClient,
  spot: Spot,
  body: string,
  signal: AbortSignal,
): Promise<{ readonly version: string }> {
  const answer = await client.ask(
    {
      method: 'PATCH',
      path: `${collectionPath(spot)}/${encodeURIComponent(spot.name)}?fieldManager=holdfast&force=true`,
      body,
      contentType: 'application/apply-patch+yaml',
      accept: onlyMetadata,
    },
    signal,
  );
  return { version: versionIn(isRaw(answer) ? answer : {}) };
}

/** @throws what the client throws. */
export async function remove(client: KubeClient, spot: Spot, signal: AbortSignal): Promise<void> {
  const path = `${collectionPath(spot)}/${encodeURIComponent(spot.name)}`;
  await client.ask({ method: 'DELETE', path }, signal);
}

/** Our reports of one kind, in one namespace or in all. @throws what the client throws. */
export async function listOurs(
  client: KubeClient,
  of: Omit<Spot, 'name'>,
  {
    instance,
    pageSize,
    signal,
  }: { readonly instance: string; readonly pageSize: number; readonly signal: AbortSignal },
): Promise<readonly StoredReport[]> {
  const labelSelector = `${managedBy}=holdfast,${instanceLabel}=${instance}`;
  const read = (query: string): Promise<unknown> =>
    client.ask({ method: 'GET', path: `${collectionPath(of)}?${query}`, accept: onlyMetadatas }, signal);
  const found: StoredReport[] = [];
  for await (const page of pagesOf(read, { query: { labelSelector }, pageSize }))
    for (const item of items(page, 'items')) found.push(storedOf(item, of));
  return found;
}

function storedOf(item: Raw, { group, plural }: Omit<Spot, 'name'>): StoredReport {
  const metadata = branch(item, 'metadata');
  const labels = branch(metadata, 'labels');
  const namespace = text(metadata, 'namespace');
  const name = text(metadata, 'name') ?? '';
  return {
    spot: { group, plural, name, ...present({ namespace }) },
    version: versionIn(item),
    controller: text(labels, controllerLabel) ?? '',
    ...present({
      content: text(branch(metadata, 'annotations'), contentAnnotation),
      model: text(labels, modelLabel),
    }),
  };
}

function versionIn(object: Raw): string {
  return text(branch(object, 'metadata'), 'resourceVersion') ?? '';
}
