/**
 * What all controls of all guides have in common, and what the unit tests of the guides have seen each of them say:
 * a control that judges is seen to pass, to fail, not to know, and not to apply, or it stands below why it cannot.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { guideTable } from '../../scripts/guide-table.js';
import type { Control } from '../../src/core/control.js';
import { commonReasons } from '../../src/core/handbook.js';
import { guides } from '../../src/guides/index.js';
import { neverSeen, series, sharedReasons, unreadEvidence, waiting } from './registry-facts.js';

const controls = guides.flatMap((guide) => guide.controls);
const rows = controls.map((control) => [control.id, control] as const);

describe('the controls', () => {
  it('are those of the catalogue, each once', () => {
    const wanted = Object.entries(series).flatMap(([family, count]) =>
      Array.from({ length: count }, (_, n) => `${family}-${String(n + 1).padStart(2, '0')}`),
    );
    const cis = ['2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '1.1.7', '1.1.8', '1.1.11', '1.1.12'];
    const all = [...wanted, ...cis.map((id) => `CIS-${id}`)];
    expect(controls.map(({ id }) => id).sort()).toEqual(all.sort());
  });

  test.each(rows)('%s is told in full', (_, control) => {
    expect(control.title).toMatch(/^\S.{10,}[^.\s]$/);
    expect(control.section).toMatch(/\S/);
    expect(control.rationale).toMatch(/^\S.{15,}\.$/s);
    expect(control.manual).toMatch(/^\S.{78,}\.$/s);
    expect(control.references.length).toBeGreaterThan(0);
    expect(control.references.filter((url) => !/^https:\/\/[^\s/]+\.[^\s]+$/.test(url))).toEqual([]);
    expect(control.evidence.length).toBe(new Set(control.evidence).size);
    expect(control.params.safeParse({}).success).toBe(true);
    expect(Object.entries(control.reasons).filter(([code, text]) => !isReason(code, text))).toEqual([]);
  });

  it('are put right as they say', () => {
    const wrong = controls.filter((control) => {
      const mends = control.remediate !== undefined;
      if (mends !== (control.remediation !== 'manual')) return true;
      return (control.effect !== undefined && !mends) || (mends && control.hazards.length === 0);
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('that switch encryption on are done only when the ports show it', () => {
    const encrypting = controls.filter(
      ({ id, remediation }) => /-ENC-0[12]$/.test(id) && remediation !== 'manual',
    );
    expect(encrypting.map(({ id }) => id).sort()).toEqual(
      controls
        .filter((control) => control.effect !== undefined && control.id.includes('-ENC-'))
        .map(({ id }) => id)
        .sort(),
    );
    expect(encrypting.length).toBeGreaterThan(7);
  });
});

function isReason(code: string, text: string): boolean {
  return /^[A-Z][A-Za-z0-9]+$/.test(code) && /^\S.{10,}\.$/s.test(text);
}

type Seen = ReadonlyMap<string, ReadonlySet<string>>;

let reasons: Seen = new Map();
let outcomes: Seen = new Map();
let reads: Seen = new Map();

/** What the unit tests of the guides, run in a process of their own, saw: `CONTROL outcome Reason`. */
function guideTests(file: string): readonly string[] {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const run = spawnSync(process.execPath, [jest, 'src/guides', '--selectProjects', 'unit', '--silent'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, HOLDFAST_JUNIT: '', HOLDFAST_OUTCOMES: file },
  });
  if (run.status !== 0 || !existsSync(file))
    throw new Error(`the tests of the guides failed:\n${run.stderr}`);
  return linesOf(file);
}

function linesOf(file: string): readonly string[] {
  return [...new Set(readFileSync(file, 'utf8').trim().split('\n'))];
}

function collected(pairs: readonly (readonly [string, string])[]): Seen {
  const sets = new Map<string, Set<string>>();
  for (const [key, value] of pairs) sets.set(key, (sets.get(key) ?? new Set()).add(value));
  return sets;
}

/** Given by the language itself, not by a control. */
const commonCodes = Object.keys(commonReasons);

/** What controls explain and no test of theirs shows. */
function unseenReasons(): readonly { readonly id: string; readonly code: string }[] {
  return controls.flatMap(({ id, reasons: explained }) =>
    Object.keys(explained)
      .filter((code) => reasons.get(id)?.has(code) !== true)
      .map((code) => ({ id, code })),
  );
}

/** Charmhub's answers come with the knowledge, and statements of persons lie over what a control says. */
const toldByViews: ReadonlySet<string> = new Set(['S', 'J', 'K', 'P', 'W', 'N', 'O']);

const asked = ['pass', 'fail', 'unknown', 'not-applicable'] as const;

/** Whether a test has seen it; units that differ are a failure, too. */
function isSeen(id: string, outcome: string): boolean {
  const seen = outcomes.get(id);
  return seen?.has(outcome) === true || (outcome === 'fail' && seen?.has('inconsistent') === true);
}

function isJudged({ id }: Control): boolean {
  return isSeen(id, 'pass') || isSeen(id, 'fail');
}

describe('what the unit tests saw', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-registry-'));
    const lines = guideTests(join(folder, 'outcomes')).map((line) => line.split(' '));
    reasons = collected(lines.map(([id = '', , reason = '']) => [id, reason]));
    outcomes = collected(lines.map(([id = '', outcome = '']) => [id, outcome]));
    reads = collected(
      linesOf(join(folder, 'outcomes.reads')).map((line) => line.split(' ') as [string, string]),
    );
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
    const tables = [
      'all controls',
      ...guideTable(guides),
      'judged',
      ...guideTable(guides, isJudged),
      cases(),
    ];
    process.stdout.write(`\n${tables.join('\n')}\n`);
  });

  it('is every control, and each explains every reason that it gave', () => {
    const unexplained = controls.flatMap(({ id, reasons: explained }) =>
      [...(reasons.get(id) ?? ['no test'])]
        .filter((reason) => !commonCodes.includes(reason) && !(reason in explained))
        .map((reason) => `${id} ${reason}`),
    );
    expect(unexplained).toEqual([]);
  });

  it('is every reason that a control explains, but those of judgements that others show for it', () => {
    const strange = unseenReasons().filter(({ code }) => !sharedReasons.has(code));
    expect(strange.map(({ id, code }) => `${id} ${code}`)).toEqual([]);
  });

  it('shows the reasons of judgements that several controls share for one of them, and leaves them out for another', () => {
    const shown = new Set(controls.flatMap(({ id }) => [...(reasons.get(id) ?? [])]));
    const leftOut = new Set(unseenReasons().map(({ code }) => code));
    expect([...sharedReasons].filter((code) => !shown.has(code) || !leftOut.has(code))).toEqual([]);
  });

  it('is that all controls judge but those that wait for evidence', () => {
    expect(
      controls
        .filter((control) => !isJudged(control))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(Object.keys(waiting).sort());
  });

  it('is that every control looks at the evidence that it names', () => {
    const unread = controls
      .filter(isJudged)
      .flatMap(({ id, evidence }) =>
        evidence
          .filter((kind) => toldByViews.has(kind) && reads.get(id)?.has(kind) !== true)
          .map((kind) => `${id} ${kind}`),
      );
    expect(unread).toEqual(Object.keys(unreadEvidence));
  });

  test.each(rows)('%s: every outcome, or why it cannot be', (id, control) => {
    const missing = asked.filter((outcome) => !isSeen(id, outcome));
    const explained = asked.filter((outcome) => id in neverSeen[outcome]);
    expect(explained).toEqual(isJudged(control) ? missing : []);
  });
});

/** How many of the cases that there could be were seen. */
function cases(): string {
  const judged = controls.filter(isJudged);
  const seen = judged.flatMap(({ id }) => asked.filter((outcome) => isSeen(id, outcome))).length;
  const all = judged.length * asked.length;
  return `pass, fail, unknown, not-applicable: ${seen} of ${all} seen, ${all - seen} explained`;
}
