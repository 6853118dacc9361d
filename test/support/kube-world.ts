/** What an API server keeps and tells: objects with versions, their history, and how far back it is remembered. */

export interface KubeRaw {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly resourceVersion: string;
    readonly uid: string;
  };
  readonly [key: string]: unknown;
}

export interface KubeEvent {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly plural: string;
  readonly object: KubeRaw;
}

/** Which objects a list or watch is about. */
export interface Selection {
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
}

export interface Page {
  readonly items: readonly KubeRaw[];
  readonly version: number;
  readonly goOn?: string;
}

export class Compacted extends Error {}

export class KubeWorld {
  readonly #history: KubeEvent[] = [];
  readonly #listeners = new Set<(event: KubeEvent) => void>();
  #version = 100;
  #compacted = 0;

  get version(): number {
    return this.#version;
  }

  put(selection: Required<Pick<Selection, 'plural' | 'name'>> & Selection, body: object = {}): KubeRaw {
    const { plural, name, namespace } = selection;
    const before = this.find(selection);
    const metadata = {
      ...(body as Partial<KubeRaw>).metadata,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid: before?.metadata.uid ?? `uid-${this.#version + 1}`,
      resourceVersion: String(this.#version + 1),
    };
    const object = { ...body, metadata };
    this.#happen({ type: before === undefined ? 'ADDED' : 'MODIFIED', plural, object });
    return object;
  }

  delete(selection: Required<Pick<Selection, 'plural' | 'name'>> & Selection): void {
    const before = this.find(selection);
    if (before === undefined) return;
    const metadata = { ...before.metadata, resourceVersion: String(this.#version + 1) };
    this.#happen({ type: 'DELETED', plural: selection.plural, object: { ...before, metadata } });
  }

  find(selection: Selection): KubeRaw | undefined {
    return this.all(selection)[0];
  }

  /** As things stood at a version, in the order of namespaces and names. */
  all(selection: Selection, version = this.#version): readonly KubeRaw[] {
    const found = new Map<string, KubeRaw>();
    for (const event of this.#history) {
      if (event.version > version || !isOf(selection, event)) continue;
      const { namespace = '', name } = event.object.metadata;
      if (event.type === 'DELETED') found.delete(`${namespace}/${name}`);
      else found.set(`${namespace}/${name}`, event.object);
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  /** @throws Compacted when the list that the token goes on with is no longer remembered. */
  page(selection: Selection, limit: number, token?: string): Page {
    const [version, start] = token === undefined ? [this.#version, 0] : tokenParts(token);
    if (version < this.#compacted) throw new Compacted();
    const all = this.all(selection, version);
    const end = limit === 0 ? all.length : start + limit;
    const items = all.slice(start, end);
    return end >= all.length ? { items, version } : { items, version, goOn: `${version}.${end}` };
  }

  /**
   * Events after a version, those that come included; the function returned ends it.
   * @throws Compacted when they are no longer remembered.
   */
  watch(selection: Selection, from: number, tell: (event: KubeEvent) => void): () => void {
    if (from < this.#compacted) throw new Compacted();
    for (const event of this.#history) if (event.version > from && isOf(selection, event)) tell(event);
    const listener = (event: KubeEvent): void => {
      if (isOf(selection, event)) tell(event);
    };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets all history up to now: whoever was not following has to list. */
  compact(): void {
    this.#version += 1;
    this.#compacted = this.#version;
  }

  #happen(event: Omit<KubeEvent, 'version'>): void {
    this.#version += 1;
    const told = { ...event, version: this.#version };
    this.#history.push(told);
    for (const listener of this.#listeners) listener(told);
  }
}

function tokenParts(token: string): readonly [version: number, start: number] {
  const [version = 0, start = 0] = token.split('.').map(Number);
  return [version, start];
}

function isOf({ plural, namespace, name }: Selection, event: KubeEvent): boolean {
  const { metadata } = event.object;
  if (event.plural !== plural) return false;
  if (namespace !== undefined && metadata.namespace !== namespace) return false;
  return name === undefined || metadata.name === name;
}
