import { isBranch, type Branch } from './json.js';

/** A bundle with its overlays laid over it. */
export interface Bundle {
  readonly head: Branch;
  readonly applications: ReadonlyMap<string, Branch>;
  readonly saas: ReadonlyMap<string, Branch>;
  readonly relations: readonly unknown[];
}

/**
 * The first document that names applications, with the later ones as overlays: an exported bundle keeps its offers
 * and exposed endpoints in one. Undefined when no document is a bundle.
 */
export function bundleIn(values: readonly unknown[]): Bundle | undefined {
  const documents = values.filter(isBranch);
  const first = documents.findIndex((document) => isBranch(applicationsOf(document)));
  const head = documents[first];
  if (head === undefined) return undefined;
  const layers = documents.slice(first);
  return {
    head,
    applications: mergeEntries(layers.map(applicationsOf)),
    saas: mergeEntries(layers.map((layer) => layer['saas'])),
    relations: layers.flatMap((layer) =>
      Array.isArray(layer['relations']) ? (layer['relations'] as unknown[]) : [],
    ),
  };
}

/** Bundles older than Juju 2.6 say `services`. */
function applicationsOf(document: Branch): unknown {
  return document['applications'] ?? document['services'];
}

/** Later layers add entries and replace single fields of earlier ones. */
function mergeEntries(layers: readonly unknown[]): ReadonlyMap<string, Branch> {
  const merged = new Map<string, Branch>();
  for (const layer of layers.filter(isBranch)) {
    for (const name of Object.keys(layer)) {
      const entry = layer[name];
      if (isBranch(entry)) merged.set(name, { ...merged.get(name), ...entry });
    }
  }
  return merged;
}
