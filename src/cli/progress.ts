import type { Io } from './io.js';
import { clean, counted, cut } from './render/text.js';

/** Tells how a long work goes on. */
export interface Progress {
  readonly tell: (line: string) => void;
  /** Takes away what was only of the moment. */
  readonly done: () => void;
}

/**
 * On a terminal one line that is written over again and again, with the time it takes; elsewhere nothing, so that a log
 * or a mail holds no passing states. What is not a step but a trouble (`model: why`) is told everywhere and stays.
 * `now` in ms.
 */
export function progressOn(io: Io, now: () => number): Progress {
  const { progressColumns: columns } = io;
  const begun = now();
  let steps = 0;
  const step = (line: string): void => {
    if (columns === undefined) return;
    steps += 1;
    const seconds = Math.round((now() - begun) / 1000);
    io.err(`${overwrite}${cut(`${clean(line)} (${counted(steps, 'step')}, ${seconds} s)`, columns - 1)}`);
  };
  const clear = (): string => (steps > 0 ? overwrite : '');
  return {
    tell: (line) => {
      if (/^(asking|reading) /.test(line)) step(line);
      else io.err(`${clear()}${clean(line)}\n`);
    },
    done: () => {
      io.err(clear());
    },
  };
}

/** To the line's beginning, and clears it. */
const overwrite = '\r\u001b[K';
