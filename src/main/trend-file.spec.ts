import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import type { Log } from '../core/ports/index.js';
import { trendFile } from './trend-file.js';

let folder: string;
let told: string[];
const log = { warn: (_fields: object, text: string) => void told.push(text) } as unknown as Log;
const points = [{ at: '2026-11-22T12:00:00Z', score: 50, short: 3 }];

beforeEach(() => {
  told = [];
  folder = mkdtempSync(join(tmpdir(), 'holdfast-trend-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the history of scores', () => {
  it('is there again after a restart', () => {
    trendFile(folder, log).save(points);
    expect(trendFile(folder, log).load()).toEqual(points);
    expect(told).toEqual([]);
  });

  it('begins without a word where there is none', () => {
    expect([trendFile(folder, log).load(), told]).toEqual([[], []]);
  });

  test.each(['{"points": [', 'null', '[]', '{"points": 5}'])(
    'begins anew where its file holds %s',
    (text) => {
      writeFileSync(join(folder, 'trend.json'), text);
      expect(trendFile(folder, log).load()).toEqual([]);
    },
  );

  it('leaves out what is no point', () => {
    const others = [null, 5, { at: 'soon', score: 1, short: 1 }, { at: points[0]?.at, score: 101, short: 1 }];
    writeFileSync(join(folder, 'trend.json'), JSON.stringify({ points: [...others, ...points] }));
    expect(trendFile(folder, log).load()).toEqual(points);
  });

  it('that cannot be kept stops nothing, and is told', () => {
    trendFile(join(folder, 'gone'), log).save(points);
    expect(told).toEqual(['the history of scores is not kept']);
  });

  it('is readable by its owner only', () => {
    trendFile(folder, log).save(points);
    expect(statSync(join(folder, 'trend.json')).mode & 0o777).toBe(0o600);
  });
});
