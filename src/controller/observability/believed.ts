/** Lets a stack's facts outlive readings that failed, for as long as the policy believes them. */
import { dictOf, mapDict, type Dict } from '../../core/dict.js';
import { isKnown, type Fact } from '../../core/fact.js';
import type { ModelTelemetry, StackState } from '../../core/observability/stack.js';

const stackFacts = [
  'servers',
  'metricsRetention',
  'logRetention',
  'alertmanagers',
  'routing',
  'silences',
  'generalRules',
] as const satisfies readonly (keyof StackState)[];
const modelFacts = ['rules', 'targets', 'logs'] as const satisfies readonly (keyof ModelTelemetry)[];

export class Believed {
  /** When (ms) each fact was last read, by its path. */
  private readonly read = new Map<string, number>();
  private readonly maxAge: number;

  /** `maxAge` in seconds. */
  constructor(maxAge: number) {
    this.maxAge = maxAge * 1000;
  }

  /** The newer state, with what it could not read as it was before, unless that is too old or may not be read. */
  over(before: StackState | undefined, after: StackState, now: number): StackState {
    const own = this.facts(stackFacts, { before, after, path: '', now });
    const models = mapDict(after.models, (model, key) => {
      const step = { before: before?.models[key], after: model, path: `${key}/`, now };
      return { ...model, ...(this.facts(modelFacts, step) as Partial<ModelTelemetry>) };
    });
    return { ...after, ...(own as Partial<StackState>), models };
  }

  private facts(keys: readonly string[], { before, after, path, now }: Step): Dict<Fact<unknown>> {
    const old = (before ?? {}) as Dict<Fact<unknown>>;
    const fresh = after as Dict<Fact<unknown>>;
    return dictOf(
      keys.flatMap((key) => {
        const fact = fresh[key];
        return fact === undefined ? [] : [[key, this.one(`${path}${key}`, old[key], fact, now)] as const];
      }),
    );
  }

  private one(
    path: string,
    old: Fact<unknown> | undefined,
    fresh: Fact<unknown>,
    now: number,
  ): Fact<unknown> {
    if (isKnown(fresh)) {
      this.read.set(path, now);
      return fresh;
    }
    const age = now - (this.read.get(path) ?? -Infinity);
    const mayPass = fresh.unknown.permission === undefined && age < this.maxAge;
    return old !== undefined && isKnown(old) && mayPass ? old : fresh;
  }
}

/** Groups of facts, with other keys among them. */
interface Step {
  readonly before: object | undefined;
  readonly after: object;
  readonly path: string;
  readonly now: number;
}
