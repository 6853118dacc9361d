import type { KubeObject } from '../../core/kube/object.js';
import { ListSource } from './list-source.js';
import { listsOfCluster, listsOfNamespace, type MakeList, type NamespaceLists } from './lists.js';
import type { Shared } from './shared.js';

/** Whether namespaces are listed one by one, or all at once: fewer connections, but a right to everything. */
export type Scope = 'namespaced' | 'cluster';

/** Told the namespaces in which something may read differently; `''` stands for the cluster's own facts. */
type OnNews = (places: Iterable<string>) => void;

/** All lists of a cluster: some once, and the others for each namespace, or once over all of them. */
export class Sources {
  readonly ofCluster: ReturnType<typeof listsOfCluster>;
  readonly #shared: Shared;
  readonly #onNews: OnNews;
  readonly #names = new Set<string>();
  readonly #overall: NamespaceLists | undefined;
  readonly #each = new Map<string, NamespaceLists>();
  #started = false;

  constructor(shared: Shared, scope: Scope, onNews: OnNews) {
    this.#shared = shared;
    this.#onNews = onNews;
    this.ofCluster = listsOfCluster(this.#maker(() => ['']));
    this.#overall = scope === 'cluster' ? this.#ofAll() : undefined;
  }

  get followed(): ReadonlySet<string> {
    return this.#names;
  }

  /** The lists in which a namespace shows; undefined for one that is not followed. */
  of(namespace: string): NamespaceLists | undefined {
    return this.#names.has(namespace) ? (this.#overall ?? this.#each.get(namespace)) : undefined;
  }

  *all(): Generator<ListSource<KubeObject>> {
    yield* Object.values(this.ofCluster);
    if (this.#overall !== undefined) yield* Object.values(this.#overall);
    for (const lists of this.#each.values()) yield* Object.values(lists);
  }

  start(): void {
    this.#started = true;
    for (const source of this.all()) source.start();
  }

  /** Follows these from now on, and no others. */
  follow(names: readonly string[]): void {
    const wanted = new Set(names);
    const gone = [...this.#names].filter((name) => !wanted.has(name));
    const fresh = [...wanted].filter((name) => !this.#names.has(name));
    for (const name of gone) this.#drop(name);
    for (const name of fresh) this.#take(name);
    this.#onNews([...gone, ...fresh]);
    if (this.#overall === undefined || !this.#started || fresh.length === 0) return;
    for (const source of Object.values(this.#overall)) source.relist();
  }

  async close(): Promise<void> {
    await Promise.all([...this.all()].map((source) => source.close()));
  }

  #drop(name: string): void {
    this.#names.delete(name);
    for (const source of Object.values(this.#overall ?? {})) source.forget(name);
    for (const source of Object.values(this.#each.get(name) ?? {})) void source.close();
    this.#each.delete(name);
  }

  #take(name: string): void {
    this.#names.add(name);
    if (this.#overall !== undefined) return;
    const lists = listsOfNamespace(this.#maker(() => [name], { namespace: name }));
    this.#each.set(name, lists);
    if (this.#started) for (const source of Object.values(lists)) source.start();
  }

  #ofAll(): NamespaceLists {
    const keeps = (namespace: string): boolean => this.#names.has(namespace);
    return listsOfNamespace(this.#maker(() => this.#names, { keeps }));
  }

  /** `all`: where something may read differently after news of a whole list. */
  #maker(
    all: () => Iterable<string>,
    of: { readonly namespace?: string; readonly keeps?: (namespace: string) => boolean } = {},
  ): MakeList {
    const onNews = (places: readonly string[] | 'all'): void => {
      this.#onNews(places === 'all' ? all() : places);
    };
    return (resource) => new ListSource(this.#shared, { ...of, resource, onNews });
  }
}
