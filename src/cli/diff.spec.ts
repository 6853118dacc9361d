import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { openEstate, runCli } from '../../test/support/cli.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-diff-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function saved(name: string, apps: readonly string[]): Promise<string> {
  const file = join(folder, name);
  await runCli(['audit', '--status', '-', '--format', 'json', '--output', file], {
    snapshot: openEstate(apps),
  });
  return file;
}

describe('diff', () => {
  test.each([
    [
      'exits 2 for a new violation',
      ['etcd'],
      ['etcd', 'kafka'],
      2,
      /New: 1 judgement\n +high +TOY-NET-01 +prod:data kafka/,
    ],
    ['exits 0 when one is gone', ['etcd', 'kafka'], ['etcd'], 0, /Gone: 1 judgement[^]*no longer there/],
    [
      'exits 0 when nothing changed',
      ['kafka'],
      ['kafka'],
      0,
      /0 new violations, 0 gone, 0 changed otherwise, 1 as before/,
    ],
  ])('%s', async (...[, before, after, code, told]) => {
    const ran = await runCli(['diff', await saved('a.json', before), await saved('b.json', after)]);
    expect(ran.code).toBe(code);
    expect(ran.out).toMatch(told);
  });

  it('folds the same on many targets into one line', async () => {
    const names = Array.from({ length: 9 }, (_, n) => `app${n}`);
    const { out } = await runCli(['diff', await saved('a.json', []), await saved('b.json', names)]);
    expect(out).toContain('New: 9 judgements');
  });

  it('tells a waiver laid over a violation from a violation put right', async () => {
    const before = await saved('a.json', ['kafka']);
    const after = join(folder, 'waived.json');
    const policy = join(folder, 'p.yaml');
    writeFileSync(
      policy,
      'kind: Policy\nversion: v1\nwaivers: [{ id: w1, kind: waived, match: { control: TOY-NET-01 }, reason: r, owner: ops, expires: "2027-01-01T00:00:00Z" }]\n',
    );
    await runCli(['audit', '--status', '-', '--policy', policy, '--format', 'json', '--output', after], {
      snapshot: openEstate(['kafka']),
    });
    const { code, out } = await runCli(['diff', before, after]);
    expect([code, out.includes('waived by ops (w1)'), out.includes('another policy')]).toEqual([
      0,
      true,
      true,
    ]);
    const json = await runCli(['diff', after, before, '--format', 'json']);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject({ kind: 'ReportDiff', appeared: [{ control: 'TOY-NET-01' }] });
  });
});
