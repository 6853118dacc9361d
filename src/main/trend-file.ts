/** The history of scores in a file of the state directory: worth keeping, and no loss when it cannot be. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../core/ports/index.js';
import type { TrendPoint, TrendStore } from '../report/web/trend.js';

export function trendFile(stateDir: string, log: Log): TrendStore {
  const file = join(stateDir, 'trend.json');
  return {
    load: () => pointsIn(file, log),
    save: (points) => {
      try {
        const fresh = `${file}.new`;
        writeFileSync(fresh, JSON.stringify({ kind: 'Trend', version: 'v1', points }), { mode: 0o600 });
        renameSync(fresh, file);
      } catch (error) {
        log.warn({ file, error: (error as NodeJS.ErrnoException).code }, 'the history of scores is not kept');
      }
    },
  };
}

function pointsIn(file: string, log: Log): readonly TrendPoint[] {
  try {
    const { points } = JSON.parse(readFileSync(file, 'utf8')) as { readonly points?: unknown };
    return Array.isArray(points) ? points.filter(isPoint) : [];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') log.warn({ file, error: code ?? 'no JSON' }, 'the history of scores begins anew');
    return [];
  }
}

function isPoint(value: unknown): value is TrendPoint {
  const { at, score, short } = (value ?? {}) as Partial<Record<keyof TrendPoint, unknown>>;
  const isScore = score === null || (typeof score === 'number' && score >= 0 && score <= 100);
  return typeof at === 'string' && !Number.isNaN(Date.parse(at)) && isScore && typeof short === 'number';
}
