/** What is followed because the policy names it: begun, left, and put together as policy and estate change. */
import { dictOf, type Dict } from '../core/dict.js';
import { Absences } from './absences.js';

/** One that is followed; `Part` is what of the estate it is followed for, by key. */
export interface Followed<State, Part> {
  begin(): void;
  /** The same object as before when nothing has changed. */
  current(): State;
  followed(): ReadonlyMap<string, Part>;
  follow(parts: ReadonlyMap<string, Part>): void;
  close(): Promise<void>;
}

interface Entry<One> {
  readonly followed: One;
  readonly fingerprint: string;
  readonly absences: Absences;
}

export class Roster<State extends { readonly name: string }, Part, One extends Followed<State, Part>> {
  private readonly entries = new Map<string, Entry<One>>();
  private readonly onTrouble: (name: string, trouble: string) => void;
  private last: { readonly states: readonly State[]; readonly dict: Dict<State> } | undefined;

  /** `onTrouble` hears of those that were not left in order. */
  constructor(onTrouble: (name: string, trouble: string) => void) {
    this.onTrouble = onTrouble;
  }

  /** Begins with those that are new in the policy, leaves those that are gone or named differently. */
  async adopt<Named extends { readonly name: string }>(
    named: readonly Named[],
    open: ((one: Named) => One) | undefined,
  ): Promise<void> {
    const wanted = new Map(named.map((one) => [one.name, JSON.stringify(one)]));
    const gone = [...this.entries].filter(([name, { fingerprint }]) => wanted.get(name) !== fingerprint);
    for (const [name] of gone) this.entries.delete(name);
    if (open !== undefined) for (const one of named) if (!this.entries.has(one.name)) this.begin(one, open);
    await this.closeAll(gone);
  }

  async leaveAll(): Promise<void> {
    const all = [...this.entries];
    this.entries.clear();
    await this.closeAll(all);
  }

  all(): readonly One[] {
    return [...this.entries.values()].map(({ followed }) => followed);
  }

  /** What is out of sight is followed for `grace` ms yet: it may be back at the next look. `now` in ms. */
  place(
    wantedOf: (one: One) => ReadonlyMap<string, Part>,
    { now, grace }: { now: number; grace: number },
  ): void {
    for (const { followed, absences } of this.entries.values()) {
      const wanted = wantedOf(followed);
      for (const key of wanted.keys()) absences.clear(key);
      const kept = [...followed.followed()].filter(
        ([key]) => !wanted.has(key) && absences.note(key, now) < grace,
      );
      const next = new Map([...kept, ...wanted]);
      for (const key of absences.keys()) if (!next.has(key)) absences.clear(key);
      followed.follow(next);
    }
  }

  /** What all of them show, by name; undefined where there is none. The same object as before when nothing has changed. */
  current(): Dict<State> | undefined {
    if (this.entries.size === 0) return undefined;
    const states = this.all().map((followed) => followed.current());
    if (this.last === undefined || !sameItems(this.last.states, states))
      this.last = { states, dict: dictOf(states.map((state) => [state.name, state])) };
    return this.last.dict;
  }

  private begin<Named extends { readonly name: string }>(one: Named, open: (one: Named) => One): void {
    const followed = open(one);
    this.entries.set(one.name, { followed, fingerprint: JSON.stringify(one), absences: new Absences() });
    followed.begin();
  }

  private async closeAll(entries: readonly [string, Entry<One>][]): Promise<void> {
    await Promise.all(
      entries.map(([name, { followed }]) =>
        followed.close().catch((error: unknown) => {
          this.onTrouble(name, error instanceof Error ? error.message : String(error));
        }),
      ),
    );
  }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
