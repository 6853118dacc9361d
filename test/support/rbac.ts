/** Rights: those that manifests give, and those that requests need. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeAsked } from './kube-server.js';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly resourceNames?: readonly string[];
    readonly verbs: readonly string[];
  }[];
  readonly [key: string]: unknown;
}

const folder = join(import.meta.dirname, '../../deploy/kubernetes');

/** Objects of a file under deploy/kubernetes, as in `cluster-read/holdfast.yaml`. */
export function manifests(file: string): readonly Manifest[] {
  const documents = parseAllDocuments(readFileSync(join(folder, file), 'utf8'));
  return documents.map((document) => document.toJS() as Manifest);
}

/** As in `list pods` or `patch reports.openreports.io`, sorted, of all the roles among them. */
export function rightsGiven(objects: readonly Manifest[]): readonly string[] {
  const rights = objects
    .flatMap(({ rules = [] }) => rules)
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => right(verb, group, resource))),
      ),
    );
  return [...new Set(rights)].sort();
}

/**
 * What a request needs (Kubernetes: authorization, request verbs); undefined for what is no resource. An apply makes
 * what is not there, and needs the right to that as well: `isThere` says whether it is.
 */
export function rightsNeeded(asked: KubeAsked, isThere: boolean): readonly string[] {
  const [, group = '', resource, name] =
    /^\/(?:api|apis\/([^/]+))\/[^/]+(?:\/namespaces\/[^/]+(?=\/))?\/([a-z]+)(?:\/([^/]+))?$/.exec(
      asked.path,
    ) ?? [];
  if (resource === undefined) return [];
  if (asked.method === 'PATCH' && !isThere && group !== 'events.k8s.io')
    return [right('patch', group, resource), right('create', group, resource)];
  return [right(verbOf(asked, name !== undefined), group, resource)];
}

function verbOf({ method, query }: KubeAsked, isOne: boolean): string {
  if (method === 'GET') return query.get('watch') === '1' ? 'watch' : isOne ? 'get' : 'list';
  return { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }[method] ?? method;
}

function right(verb: string, group: string, resource: string): string {
  return `${verb} ${group === '' ? resource : `${resource}.${group}`}`;
}
