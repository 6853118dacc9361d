import { unknown, type Fact, type Reading, type Unknown } from '../../core/fact.js';
import type { Clock, CliResult, JujuCli } from '../../core/ports/index.js';
import { secondsOf } from './time.js';

/** What we would have to be allowed for `juju` to tell (Juju's own checks on the server). */
export type Permission = 'controller login' | 'controller superuser' | 'model read' | 'model admin';

/** The answer to one question, with where and when it was read. */
export interface Answer {
  readonly reading: Reading;
  readonly result: CliResult;
}

export type Ask = (...argv: string[]) => Promise<Answer>;

/** Asks one controller, at most `most` questions at a time: calls on one data directory wait for each other. */
export function asker(cli: JujuCli, clock: Clock, most: number): Ask {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function begin(): Promise<void> {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
  }

  /** The place goes to the next in line, or becomes free. */
  function end(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return async (...argv) => {
    await begin();
    try {
      const at = secondsOf(clock.now());
      const result = await cli.run(argv);
      return { result, reading: { source: { road: 'cli', call: argv.join(' ') }, at } };
    } finally {
      end();
    }
  };
}

/** The fact in an answer, or why it is unknown and the permission that would change it. */
export function factFrom<T>(
  answer: Answer,
  permission: Permission,
  read: (reading: Reading, stdout: string) => Fact<T>,
): Fact<T> {
  const { reading, result } = answer;
  if (result.outcome !== 'done') return refused(answer, permission);
  return read(reading, result.stdout);
}

/** As `factFrom` for answers in JSON; empty output means that there is nothing. */
export function jsonFact<T>(
  answer: Answer,
  permission: Permission,
  read: (reading: Reading, value: unknown) => Fact<T>,
): Fact<T> {
  return factFrom(answer, permission, (reading, stdout) => {
    const value = jsonIn(stdout);
    return value === undefined ? notJson(reading) : read(reading, value);
  });
}

/** The unknown fact that a call leaves which failed. */
export function refused({ reading, result }: Answer, permission: Permission): Unknown {
  if (result.outcome === 'denied') return unknown(reading, `permission denied`, permission);
  return unknown(reading, result.summary);
}

export function notJson(reading: Reading): Unknown {
  return unknown(reading, 'juju printed something that is no JSON');
}

/** The value printed; null when nothing was printed, undefined for what is no JSON. */
export function jsonIn(stdout: string): unknown {
  if (stdout.trim() === '') return null;
  try {
    return JSON.parse(stdout) as unknown;
  } catch {
    return undefined;
  }
}
