/** Chooses the mutant that is alive, and notes which mutants' places were reached; instrumented files ask it as a global. */

/** Thrown out of a loop that goes on far longer than it does without the mutant. */
class EndlessError extends Error {}

class Switch {
  #active = -1;
  #round = 0;
  #reached: number[] = [];
  #rounds = new Uint32Array(0);
  #ticks = 0;
  #mostTicks = Infinity;

  /** Room for mutants numbered below this. */
  hold(count: number): void {
    this.#rounds = new Uint32Array(count);
  }

  /** From now on this mutant is alive; -1 is none of them. */
  choose(id: number): void {
    this.#active = id;
  }

  is(id: number): boolean {
    if (this.#rounds[id] !== this.#round) {
      this.#rounds[id] = this.#round;
      this.#reached.push(id);
    }
    return id === this.#active;
  }

  tick(): void {
    this.#ticks += 1;
    if (this.#ticks > this.#mostTicks) throw new EndlessError('a loop without end');
  }

  /** Begins to note anew, and to count turns of loops up to this many. */
  begin(mostTicks = Infinity): void {
    this.#round += 1;
    this.#reached = [];
    this.#ticks = 0;
    this.#mostTicks = mostTicks;
  }

  /** Since `begin`. */
  get reached(): readonly number[] {
    return this.#reached;
  }

  get ticks(): number {
    return this.#ticks;
  }
}

export const theSwitch = new Switch();
Object.assign(globalThis, { __mutation: theSwitch });
