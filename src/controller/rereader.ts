/** Reads a place anew when a change there is about to be made or being verified. */
import type { Clock, Log } from '../core/ports/index.js';
import type { Estate } from './estate.js';
import type { Place } from './keys.js';

export interface RereaderOptions {
  readonly estate: Estate;
  readonly clock: Clock;
  readonly log: Log;
}

export class Rereader {
  private readonly options: RereaderOptions;
  private readonly last = new Map<string, number>();

  constructor(options: RereaderOptions) {
    this.options = options;
  }

  /**
   * Whether the place was read, beginning now. While units restart every reading shows a change, and every change has
   * the place looked at again: so there is a pause (ms) between two readings.
   */
  async read(key: string, place: Place, pause: number): Promise<boolean> {
    const { estate, clock, log } = this.options;
    const now = clock.now();
    const since = now - (this.last.get(key) ?? -Infinity);
    if (since >= 0 && since < pause) return false;
    this.last.set(key, now);
    const api = estate.api(place.controller);
    try {
      if (place.model === undefined) await api?.refreshController();
      else await api?.refresh(place.model);
      return api !== undefined;
    } catch (error) {
      // The facts stay as they are, grow old and turn unknown by themselves; health() says why, too.
      log.debug({ key, trouble: error instanceof Error ? error.message : String(error) }, 'not read anew');
      return false;
    }
  }

  forget(key: string): void {
    this.last.delete(key);
  }
}
