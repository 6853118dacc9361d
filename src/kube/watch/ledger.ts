import { share } from '../../core/share.js';
import { branch, text, type Raw } from '../raw.js';

export interface LedgerOptions<T> {
  /** Turns an object as the server tells it into what is kept of it. Must not throw. */
  readonly strip: (raw: Raw) => T;
  /** Where an object belongs; by its own namespace and name when absent. */
  readonly identityOf?: (raw: Raw) => Identity;
  /** Which namespaces to keep anything of; all when absent. */
  readonly keeps?: (namespace: string) => boolean;
}

interface Entry<T> {
  readonly version: string;
  readonly kept: T;
}

/**
 * What one list and its watch have told: objects by namespace (`''` outside of them) and name, stripped at once. It
 * knows what changed, be it told by the watch or found by comparing a new list with what was held.
 */
export class Ledger<T extends object> {
  readonly #options: Required<LedgerOptions<T>>;
  #namespaces: Namespaces<T> = new Map();

  constructor(options: LedgerOptions<T>) {
    this.#options = { identityOf: ownIdentity, keeps: () => true, ...options };
  }

  /** Objects of one namespace, by name. */
  *objects(namespace: string): Generator<readonly [name: string, kept: T]> {
    for (const [name, entry] of this.#namespaces.get(namespace) ?? []) yield [name, entry.kept];
  }

  /** The namespace concerned, if what is kept changed. */
  put(raw: Raw): string | undefined {
    const { namespace, name, version } = this.#options.identityOf(raw);
    if (!this.#options.keeps(namespace)) return undefined;
    const held = this.#namespaces.get(namespace)?.get(name);
    const entry = this.#entry(raw, version, held);
    bucket(this.#namespaces, namespace).set(name, entry);
    return entry.kept === held?.kept ? undefined : namespace;
  }

  /** The same for an object that is gone. */
  delete(raw: Raw): string | undefined {
    const { namespace, name } = this.#options.identityOf(raw);
    return this.#namespaces.get(namespace)?.delete(name) === true ? namespace : undefined;
  }

  /** Begins to take in a whole list, page by page; nothing changes before `finish`. */
  replacing(): Replacement {
    const next: Namespaces<T> = new Map();
    return {
      add: (raw) => {
        const { namespace, name, version } = this.#options.identityOf(raw);
        if (!this.#options.keeps(namespace)) return;
        const held = this.#namespaces.get(namespace)?.get(name);
        bucket(next, namespace).set(name, this.#entry(raw, version, held));
      },
      finish: () => {
        const changes = [...differences(this.#namespaces, next)];
        this.#namespaces = next;
        return changes;
      },
    };
  }

  /** Forgets everything: what may no longer be read must not be believed either. */
  clear(): void {
    this.#namespaces = new Map();
  }

  #entry(raw: Raw, version: string, held: Entry<T> | undefined): Entry<T> {
    if (held?.version === version && version !== '') return held;
    return { version, kept: share(held?.kept, this.#options.strip(raw)) };
  }
}

type Namespaces<T> = Map<string, Map<string, Entry<T>>>;

function bucket<T>(namespaces: Namespaces<T>, namespace: string): Map<string, Entry<T>> {
  const found = namespaces.get(namespace);
  if (found !== undefined) return found;
  const made = new Map<string, Entry<T>>();
  namespaces.set(namespace, made);
  return made;
}

/** A list on its way in. */
export interface Replacement {
  add(raw: Raw): void;
  /** The namespace of each object that came, changed or went: once for each. */
  finish(): readonly string[];
}

export interface Identity {
  /** `''` outside of namespaces. */
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}

export function ownIdentity(raw: Raw): Identity {
  const metadata = branch(raw, 'metadata');
  return {
    namespace: text(metadata, 'namespace') ?? '',
    name: text(metadata, 'name') ?? '',
    version: text(metadata, 'resourceVersion') ?? '',
  };
}

type Held = ReadonlyMap<string, ReadonlyMap<string, Entry<object>>>;

function* differences(before: Held, after: Held): Generator<string> {
  for (const [namespace, objects] of after)
    for (const [name, { kept }] of objects)
      if (before.get(namespace)?.get(name)?.kept !== kept) yield namespace;
  for (const [namespace, objects] of before)
    for (const name of objects.keys()) if (after.get(namespace)?.has(name) !== true) yield namespace;
}
