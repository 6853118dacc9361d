import type { Log } from '../core/ports/index.js';

/** For looks that tell their troubles otherwise. */
export const silentLog: Log = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => silentLog,
};

function ignore(): void {
  // Nobody reads it.
}
