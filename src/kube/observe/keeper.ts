import { dictOf, newDict, type Dict } from '../../core/dict.js';
import type { ClusterState, NamespaceState } from '../../core/kube/cluster.js';
import type { ClusterChange } from '../../core/ports/kube.js';
import { share } from '../../core/share.js';
import { troubleOf } from '../access/api-error.js';
import type { OwnFacts } from './own-facts.js';
import type { Shared } from './shared.js';
import type { Sources } from './sources.js';

/** The one state of a cluster. It is built anew only where something may read differently, once it is asked for. */
export class Keeper {
  readonly #shared: Shared;
  readonly #sources: Sources;
  readonly #own: OwnFacts;
  readonly #listeners = new Set<(change: ClusterChange) => void>();
  #state: ClusterState;
  /** Namespaces to be built anew; `''` for the cluster's own facts. */
  readonly #dirty = new Set<string>();
  /** Where something was found to read differently, and nobody was told yet. */
  readonly #untold = new Set<string>();
  #cancel: (() => void) | undefined;

  constructor(shared: Shared, sources: Sources, own: OwnFacts) {
    this.#shared = shared;
    this.#sources = sources;
    this.#own = own;
    this.#state = { ...this.#ownPart(), namespaces: newDict() };
  }

  get current(): ClusterState {
    for (const place of this.#dirty) {
      if (place === '') this.#buildOwn();
      else this.#buildNamespace(place);
    }
    this.#dirty.clear();
    return this.#state;
  }

  onChange(listener: (change: ClusterChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something may read differently there. */
  mark(places: Iterable<string>): void {
    for (const place of places) this.#dirty.add(place);
    if (this.#dirty.size === 0) return;
    this.#cancel ??= this.#shared.clock.after(this.#shared.settings.gatherMs, () => {
      this.#cancel = undefined;
      this.#tell();
    });
  }

  close(): void {
    this.#cancel?.();
  }

  #buildOwn(): void {
    const { namespaces, ...before } = this.#state;
    const next = share(before, this.#ownPart());
    if (next === before) return;
    this.#state = { ...next, namespaces };
    this.#untold.add('');
  }

  #buildNamespace(name: string): void {
    const before = this.#state.namespaces[name];
    const next = this.#namespace(name);
    const after = next && share(before, next);
    if (after === before) return;
    this.#state = { ...this.#state, namespaces: withEntry(this.#state.namespaces, name, after) };
    this.#untold.add(name);
    if (before === undefined || after === undefined) this.#untold.add('');
  }

  #namespace(name: string): NamespaceState | undefined {
    const lists = this.#sources.of(name);
    if (lists === undefined) return undefined;
    // Lists in a namespace that does not exist are empty, which must not pass for a namespace without violations.
    const gap = lists.namespace.absenceOf(name);
    return {
      name,
      namespace: lists.namespace.objectOf(name),
      pods: gap ?? lists.pods.dictOf(name),
      statefulSets: gap ?? lists.statefulSets.dictOf(name),
      services: gap ?? lists.services.dictOf(name),
      endpointSlices: gap ?? lists.endpointSlices.dictOf(name),
      networkPolicies: gap ?? lists.networkPolicies.dictOf(name),
      roles: gap ?? lists.roles.dictOf(name),
      roleBindings: gap ?? lists.roleBindings.dictOf(name),
      serviceAccounts: gap ?? lists.serviceAccounts.dictOf(name),
    };
  }

  #ownPart(): Omit<ClusterState, 'namespaces'> {
    const { nodes, clusterRoles, clusterRoleBindings } = this.#sources.ofCluster;
    return {
      name: this.#shared.cluster,
      ...this.#own.facts,
      nodes: nodes.dictOf(''),
      clusterRoles: clusterRoles.dictOf(''),
      clusterRoleBindings: clusterRoleBindings.dictOf(''),
    };
  }

  #tell(): void {
    const { name: cluster } = this.current;
    const changes = [...this.#untold];
    this.#untold.clear();
    for (const namespace of changes) this.#tellAll(namespace === '' ? { cluster } : { cluster, namespace });
  }

  #tellAll(change: ClusterChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        this.#shared.log.error({ ...change, trouble: troubleOf(error) }, 'a listener failed');
      }
    }
  }
}

/** In the order of names; without the entry when it is undefined. */
function withEntry<T>(dict: Dict<T>, name: string, entry: T | undefined): Dict<T> {
  const others = Object.entries(dict).filter(([key]) => key !== name);
  const all: [string, T][] = entry === undefined ? others : [...others, [name, entry]];
  return dictOf(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}
