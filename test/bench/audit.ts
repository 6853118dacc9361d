import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateStatus } from '../support/generate-status.ts';
import { bareNode, commandMemory, commandTime, firstAudit } from './commands.ts';
import { inTurns, ms, type Result } from './measure.ts';
import { audit, auditToJson } from './program.ts';

/** Audits of 500 applications with 500 units, against parsing the same bytes; and the commands, from start to exit. */
export function auditResults(): readonly Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    return measureIn(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureIn(folder: string): readonly Result[] {
  const text = generateStatus({ applications: 500 });
  const large = join(folder, 'large.json');
  const small = join(folder, 'small.json');
  writeFileSync(large, text);
  writeFileSync(small, generateStatus({ applications: 10 }));
  return [...inProcess(text, large, join(folder, 'cache')), ...commands(small, large)];
}

function inProcess(text: string, file: string, cache: string): readonly Result[] {
  const works = {
    parse: () => JSON.parse(text) as unknown,
    audit: () => audit(text),
    toJson: () => auditToJson(text),
  };
  inTurns(works, 30);
  const { parse, audit: whole, toJson } = inTurns(works, 100);
  const first = firstAudit(file, cache, 9);
  const size = `${Math.round(text.length / 1000)} kB`;
  return [
    ratio(`audit of 500 applications (${size}), warm`, { parse, whole }, 3),
    ratio('the same, first in a fresh process', { parse, whole: first }, 15),
    {
      ...ratio('the same, warm, with the report as JSON', { parse, whole: toJson }, Infinity),
      budget: 'none',
    },
  ];
}

function ratio(
  what: string,
  { parse, whole }: Record<'parse' | 'whole', Result['figures'][string] & object>,
  most: number,
): Result {
  const times = whole.median / parse.median;
  return {
    what,
    measured: `${times.toFixed(1)} × JSON.parse: ${ms(whole)} to ${ms(parse)}`,
    budget: `≤ ${most} ×`,
    within: times <= most,
    figures: { times, parse, whole },
  };
}

function commands(small: string, large: string): readonly Result[] {
  const node = bareNode(7);
  const whole = commandTime(['audit', '--status', large], 7);
  const memory = commandMemory(['audit', '--status', large]);
  const figures = { node };
  return [
    within('holdfast audit --status, 500 applications, start to exit', whole, 500, figures),
    {
      what: 'the same, memory at most',
      measured: `${memory.toFixed(0)} MiB`,
      budget: '≤ 120 MB',
      within: memory * 1.048576 <= 120,
      figures: { memory },
    },
    within(
      'holdfast audit --status, 10 applications, start to exit',
      commandTime(['audit', '--status', small], 7),
      300,
      figures,
    ),
    within('holdfast controls, start to exit', commandTime(['controls'], 7), 300, figures),
  ];
}

function within(
  what: string,
  sample: Result['figures'][string] & object,
  most: number,
  more: Result['figures'],
): Result {
  return {
    what,
    measured: ms(sample),
    budget: `≤ ${most} ms`,
    within: sample.median <= most,
    figures: { sample, ...more },
  };
}
