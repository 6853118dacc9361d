import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { writePki, type PkiFiles } from '../../../test/support/etcd-pki.js';
import { clusterDefaults } from '../../core/policy/clusters.js';
import { workloadRuleFor, type WorkloadRule } from '../../core/policy/workload.js';
import { WorkloadEntry, workloadFrom } from './workload.js';

const place = { controller: 'prod', model: 'data', application: 'etcd' };

describe('which units may be looked into', () => {
  test.each<[string, readonly object[], object | undefined]>([
    ['none unless said', [], undefined],
    ['those of a model', [{ match: { model: 'data' } }], { every: 900, atOnce: 2, perMinute: 30 }],
    ['not those of another', [{ match: { model: 'web' } }], undefined],
    [
      'by pattern, as often as said',
      [{ match: { model: 'd*' }, every: '2h', atOnce: 1 }],
      { every: 7200, atOnce: 1 },
    ],
    [
      'but for those that are taken out again',
      [{ match: {} }, { match: { application: 'etcd' }, enabled: false }],
      undefined,
    ],
  ])('%s', (_, entries, expected) => {
    const rule = workloadRuleFor(
      workloadFrom(
        entries.map((entry) => WorkloadEntry.parse(entry)),
        { folder: '.', troubles: [], clusters: [] },
      ),
      place,
    );
    if (expected === undefined) expect(rule).toBeUndefined();
    else expect(rule).toMatchObject(expected);
  });

  test.each([
    { match: { guide: 'x' } },
    { match: {}, every: '5s' },
    { match: {}, atOnce: 0 },
    { match: {}, often: true },
    { match: {}, etcd: { caFile: 'ca.pem' } },
    { match: {}, etcd: { caFile: 'ca.pem', certFile: 'c.pem' } },
    { match: {}, etcd: { certFile: 'c.pem', keyFile: 'c.key' } },
  ])('%j is a mistake', (entry) => {
    expect(WorkloadEntry.safeParse(entry).success).toBe(false);
  });
});

describe('as whom etcd is asked for its users', () => {
  let folder: string;
  let pki: PkiFiles;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-etcd-identity-'));
    pki = await writePki(folder);
    writeFileSync(join(folder, 'login.yaml'), 'username: audit\npassword: only-for-this-test\n', {
      mode: 0o600,
    });
    writeFileSync(join(folder, 'open.key'), readFileSync(pki.key('root')), { mode: 0o644 });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function read(etcd: object): {
    readonly rules: readonly WorkloadRule[];
    readonly troubles: readonly string[];
  } {
    const troubles: string[] = [];
    const rules = workloadFrom([WorkloadEntry.parse({ match: {}, etcd })], {
      folder,
      troubles,
      clusters: [],
    });
    return { rules, troubles };
  }

  it('is read from the files that are named', () => {
    const { rules, troubles } = read({
      ...{ caFile: 'ca.crt', certFile: 'root.crt', keyFile: 'root.key' },
      ...{ credentialsFile: 'login.yaml', port: 12379 },
    });
    expect(troubles).toEqual([]);
    expect(rules[0]?.etcd).toMatchObject({ user: 'audit', password: 'only-for-this-test', port: 12379 });
    expect(rules[0]?.etcd?.key).toContain('PRIVATE KEY');
  });

  test.each([
    [{ caFile: 'no.crt', credentialsFile: 'login.yaml' }, /workload\[0\]\.etcd: .*no\.crt/],
    [{ caFile: 'root.key', credentialsFile: 'login.yaml' }, /holds no certificate/],
    [{ caFile: 'ca.crt', certFile: 'root.crt', keyFile: 'open.key' }, /open\.key/],
  ])('%j is a trouble that names the file and quotes nothing of it', (etcd, trouble) => {
    const { rules, troubles } = read(etcd);
    expect(rules[0]?.etcd).toBeUndefined();
    expect(troubles).toEqual([expect.stringMatching(trouble)]);
    expect(troubles.join('')).not.toContain('BEGIN');
  });
});

describe('the road into units', () => {
  const entry = WorkloadEntry.parse({ match: {}, through: { cluster: 'k8s' } });

  it('is a cluster of the policy', () => {
    const k8s = { ...clusterDefaults, name: 'k8s' };
    const [rule] = workloadFrom([entry], { folder: '.', troubles: [], clusters: [k8s] });
    expect(rule?.through).toBe(k8s);
  });

  it('is never another one than the one that is named', () => {
    const troubles: string[] = [];
    const [rule] = workloadFrom([entry], { folder: '.', troubles, clusters: [] });
    expect(rule?.through?.name).toBe('k8s');
    expect(troubles).toEqual([
      'workload[0].through.cluster: k8s is no cluster of this policy that can be used',
    ]);
  });
});
