import { isKnown, known, unknown, type Fact, type Reading, type Unknown } from '../../core/fact.js';
import type { KubeStage, WatchHealth } from '../../core/ports/kube.js';
import { dictOf, type Dict } from '../../core/dict.js';
import type { KubeObject } from '../../core/kube/object.js';
import { share } from '../../core/share.js';
import { instant } from '../../core/time.js';
import { present, type Raw } from '../raw.js';
import type { ListPath } from '../watch/list-whole.js';
import { Feed } from '../watch/feed.js';
import { Ledger, ownIdentity, type Identity } from '../watch/ledger.js';
import { fullName, listPath, type Resource } from './resources.js';
import type { Shared } from './shared.js';

export interface ListSourceOptions<T extends KubeObject> {
  readonly resource: Resource<T>;
  /** The one namespace that is listed; all, or outside of them, when absent. */
  readonly namespace?: string;
  /** Of a list over all namespaces: which of them to keep. */
  readonly keeps?: (namespace: string) => boolean;
  /** Told where something may read differently now. */
  readonly onNews: (places: readonly string[] | 'all') => void;
}

/** One list with its watch, and the facts that follow from it. */
export class ListSource<T extends KubeObject> {
  readonly #shared: Shared;
  readonly #options: ListSourceOptions<T>;
  readonly #ledger: Ledger<T>;
  readonly #feed: Feed;
  readonly #facts = new Map<string, Fact<Dict<T>>>();
  /** Places whose fact is as the ledger has it. */
  readonly #current = new Set<string>();
  #believed = true;

  constructor(shared: Shared, options: ListSourceOptions<T>) {
    const { resource, keeps } = options;
    this.#shared = shared;
    this.#options = options;
    this.#ledger = new Ledger<T>({
      strip: resource.strip,
      ...(resource.isItsOwnNamespace === true ? { identityOf: namedAsItself } : {}),
      ...present({ keeps }),
    });
    this.#feed = new Feed({
      ...shared,
      reader: shared.client,
      list: listOf(options),
      ledger: this.#ledger,
      onNews: (places) => {
        this.#outdate(places);
      },
    });
  }

  start(): void {
    this.#feed.start();
  }

  relist(): void {
    this.#feed.relist();
  }

  close(): Promise<void> {
    return this.#feed.close();
  }

  /** Looks at the age of what is held: too old, it is not believed, until the server is heard again. */
  lookAtAge(): void {
    const before = this.#believed;
    this.#believed = !this.#isStale();
    if (before !== this.#believed) this.#outdate('all');
  }

  /** The objects of a place, in the order of their names. */
  dictOf(place: string): Fact<Dict<T>> {
    const before = this.#facts.get(place);
    if (before !== undefined && this.#current.has(place)) return before;
    const fact = share(before, this.#read(place));
    this.#facts.set(place, fact);
    this.#current.add(place);
    return fact;
  }

  /** A place that is a single object: a namespace. */
  objectOf(place: string): Fact<T> {
    const fact = this.dictOf(place);
    const object = isKnown(fact) ? fact.value[place] : undefined;
    return object === undefined ? (this.absenceOf(place) ?? (fact as Unknown)) : { ...fact, value: object };
  }

  /** The gap that a namespace leaves that is known not to exist; undefined for one that may. */
  absenceOf(place: string): Unknown | undefined {
    const fact = this.dictOf(place);
    if (!isKnown(fact) || fact.value[place] !== undefined) return undefined;
    return { unknown: { reason: `the cluster has no namespace ${place}` }, source: fact.source, at: fact.at };
  }

  /** What is no longer followed need not be remembered. */
  forget(place: string): void {
    this.#facts.delete(place);
    this.#current.delete(place);
  }

  health(): WatchHealth {
    const { lastHeard, trouble, lists, reconnects, silences, changes } = this.#feed.standing;
    return {
      resource: fullName(this.#options.resource),
      ...{ lists, reconnects, silences, changes },
      ...present({
        namespace: this.#options.namespace,
        trouble,
        lastHeard: lastHeard === undefined ? undefined : instant(lastHeard),
      }),
    };
  }

  /** Whether it may be read and is there to be read, as far as is known. */
  isAllowed(): boolean {
    const { knows } = this.#feed.standing;
    return knows === 'all' || knows === 'pending';
  }

  stage(): KubeStage {
    const { knows, trouble } = this.#feed.standing;
    if (knows !== 'pending') return 'read';
    return trouble === undefined ? 'reading' : 'troubled';
  }

  /** Seconds since the server was last heard on this list. */
  ageSeconds(): number | undefined {
    const { lastHeard } = this.#feed.standing;
    return lastHeard === undefined ? undefined : (this.#shared.clock.now() - lastHeard) / 1000;
  }

  #outdate(places: readonly string[] | 'all'): void {
    if (places === 'all') this.#current.clear();
    else for (const place of places) this.#current.delete(place);
    this.#options.onNews(places);
  }

  #read(place: string): Fact<Dict<T>> {
    const gap = this.#gap();
    if (gap !== undefined) return gap;
    const objects = [...this.#ledger.objects(place)].sort(([a], [b]) => (a < b ? -1 : 1));
    return known(this.#reading(), dictOf(objects));
  }

  #gap(): Unknown | undefined {
    const { knows, trouble } = this.#feed.standing;
    if (knows === 'missing')
      return unknown(this.#reading(), trouble ?? 'the cluster serves no such resource');
    if (knows === 'refused') return unknown(this.#reading(), trouble ?? 'not allowed', this.#permission());
    if (knows === 'pending') return unknown(this.#reading(), trouble ?? 'not read yet');
    if (!this.#isStale()) return undefined;
    const told = trouble === undefined ? '' : `: ${trouble}`;
    return unknown(this.#reading(), `the cluster was not heard for too long${told}`);
  }

  #isStale(): boolean {
    const age = this.ageSeconds();
    return age !== undefined && age * 1000 > this.#shared.settings.staleMs;
  }

  #permission(): string {
    const within = this.#options.namespace;
    const where = within === undefined ? 'in all namespaces' : `in namespace ${within}`;
    return `list and watch ${fullName(this.#options.resource)} ${where}`;
  }

  #reading(): Reading {
    const within = this.#options.namespace;
    const where = within === undefined ? '' : ` in ${within}`;
    const call = `watch ${fullName(this.#options.resource)}${where}`;
    return { source: { road: 'kubernetes', call }, at: instant(this.#shared.clock.now()) };
  }
}

function listOf({ resource, namespace }: ListSourceOptions<KubeObject>): ListPath {
  if (resource.isItsOwnNamespace !== true) return { path: listPath(resource, namespace) };
  const path = listPath(resource);
  return namespace === undefined
    ? { path }
    : { path, query: { fieldSelector: `metadata.name=${namespace}` } };
}

/** A namespace belongs to itself. */
function namedAsItself(raw: Raw): Identity {
  const identity = ownIdentity(raw);
  return { ...identity, namespace: identity.name };
}
