import type { Io } from './io.js';
import { clean, counted, cut } from './render/text.js';

/** Tells how a long work goes on. */
export interface Progress {
  readonly tell: (line: string) => void;
  /** Takes away what was only of the moment. */
  readonly done: () => void;
}

/**
 * On a terminal one line that is written over again and again, with the time it takes; elsewhere a line for each step.
 * What is not a step but a trouble (`model: why`) stays. `now` in ms.
 */
export function progressOn(io: Io, now: () => number): Progress {
  const { progressColumns: columns } = io;
  if (columns === undefined)
    return {
      tell: (line) => {
        io.err(`${clean(line)}\n`);
      },
      done: () => undefined,
    };
  const begun = now();
  let steps = 0;
  return {
    tell: (line) => {
      const stays = !/^(asking|reading) /.test(line);
      if (!stays) steps += 1;
      const seconds = Math.round((now() - begun) / 1000);
      const text = stays ? clean(line) : `${clean(line)} (${counted(steps, 'step')}, ${seconds} s)`;
      io.err(`${overwrite}${stays ? `${text}\n` : cut(text, columns - 1)}`);
    },
    done: () => {
      if (steps > 0) io.err(overwrite);
    },
  };
}

/** To the line's beginning, and clears it. */
const overwrite = '\r\u001b[K';
