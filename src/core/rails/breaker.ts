import { durationText } from '../duration.js';
import type { Limits } from '../policy/limits.js';
import type { Mark } from '../ports/index.js';
import { instant, millis } from '../time.js';
import { waiting } from './holds.js';
import { limitsOf } from './limits-of.js';
import { begun, moments, standing } from './marks.js';
import type { Hold, Rail, RailScene } from './rail.js';

/**
 * After several failures nothing more is changed for a while, in the model; in the whole controller when they came
 * from more than one place. Then one attempt is let through, and it decides.
 */
export const breaker: Rail = (step, scene) => {
  const limits = limitsOf(step);
  for (const circuit of circuits(scene)) {
    const hold = open(circuit, limits, scene.now);
    if (hold !== undefined) return { hold, note: `open for ${circuit.name}` };
  }
  return { note: `fewer than ${limits.failures} failures in ${durationText(limits.failureWindow)}` };
};

interface Circuit {
  readonly name: string;
  readonly marks: readonly Mark[];
  /** From how many places failures must have come. */
  readonly places: number;
}

/**
 * A clock that was set back leaves failures in the future, which are not close to those of now: what has happened by now
 * counts by itself, too.
 */
function circuits(scene: RailScene): readonly Circuit[] {
  const marks = standing(scene.marks);
  const past = marks.filter(({ at }) => millis(at) <= scene.now);
  const views = past.length === marks.length ? [marks] : [marks, past];
  return views.flatMap((seen) => circuitsOf(scene, seen));
}

function circuitsOf({ world }: RailScene, marks: readonly Mark[]): readonly Circuit[] {
  const { controller, model } = world;
  const here = marks.filter((mark) => mark.model === model?.name);
  return [
    { name: model?.name ?? controller.name, marks: here, places: 1 },
    { name: `several models of ${controller.name}`, marks, places: 2 },
  ];
}

/** The failures that happened within a window (ms) before the last of them. */
function closeFailures({ marks, places }: Circuit, window: number): readonly number[] {
  const failures = marks.filter(({ kind }) => kind === 'failure');
  const last = Math.max(...failures.map(({ at }) => millis(at)));
  const close = failures.filter(({ at }) => millis(at) > last - window);
  return new Set(close.map(({ model }) => model)).size < places ? [] : moments(close);
}

function open(circuit: Circuit, limits: Limits, now: number): Hold | undefined {
  const { name, marks } = circuit;
  const close = closeFailures(circuit, limits.failureWindow * 1000);
  const last = close.at(-1);
  if (last === undefined || close.length < limits.failures) return undefined;
  const cool = last + limits.coolDown * 1000;
  const what = close.length === 1 ? 'a change failed' : `${close.length} changes failed`;
  const when = close.length === 1 ? instant(last) : `the last at ${instant(last)}`;
  const said = `${what} in ${name}, ${when}`;
  if (now < cool)
    return waiting('BreakerOpen', `${said}: nothing more is changed until ${instant(cool)}`, cool);
  return halfOpen({ marks, cool, now, coolDown: limits.coolDown * 1000, said });
}

interface HalfOpen {
  readonly marks: readonly Mark[];
  /** When it had cooled down, ms. */
  readonly cool: number;
  readonly now: number;
  readonly coolDown: number;
  readonly said: string;
}

/** One attempt is let through; what does not end in time does not keep it shut for ever. */
function halfOpen({ marks, cool, now, coolDown, said }: HalfOpen): Hold | undefined {
  const since = marks.filter(({ at }) => millis(at) >= cool);
  if (since.some(({ kind }) => kind === 'fixed')) return undefined;
  const tried = moments(begun(since)).at(-1);
  if (tried === undefined || now >= tried + coolDown) return undefined;
  const message = `${said}: one attempt was let through at ${instant(tried)}, and its end decides`;
  return waiting('BreakerOpen', message, tried + coolDown);
}
