import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadPolicy } from './load.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-sharing-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function load(sharing: string): ReturnType<typeof loadPolicy>['policy'] {
  const file = join(folder, 'holdfast.yaml');
  writeFileSync(file, `kind: Policy\nversion: v1\n${sharing}`);
  return loadPolicy(file, { credentials: 'required' }).policy;
}

describe('sharing in a policy', () => {
  it('is left alone where it is not written', () => {
    expect(load('').sharing).toBeUndefined();
  });

  it('has sixteen parts and the group holdfast unless it says otherwise', () => {
    expect(load('sharing: {}\n').sharing).toEqual({ parts: 16, group: 'holdfast' });
    expect(load('sharing: { parts: 4, unit: u-1, group: second, namespace: ops }\n').sharing).toEqual({
      ...{ parts: 4, unit: 'u-1', group: 'second', namespace: 'ops' },
    });
  });

  it('finds the kubeconfig beside the policy', () => {
    writeFileSync(join(folder, 'kubeconfig'), '{}', { mode: 0o600 });
    expect(load('sharing: { kubeconfig: kubeconfig, namespace: ops }\n').sharing?.kubeconfig).toBe(
      join(folder, 'kubeconfig'),
    );
  });

  it.each([
    ['a name that no Lease may have', '{ unit: Unit_0 }', 'sharing.unit'],
    ['a name that is too long', `{ unit: ${'u'.repeat(41)} }`, 'sharing.unit'],
    ['no parts', '{ parts: 0 }', 'sharing.parts'],
    ['a context of no kubeconfig', '{ context: lab }', 'goes with a kubeconfig'],
    ['a kubeconfig without a namespace', '{ kubeconfig: kubeconfig }', 'name the namespace'],
    ['a kubeconfig that is not there', '{ kubeconfig: none, namespace: ops }', 'sharing: kubeconfig: '],
    ['a key that nobody knows', '{ part: 4 }', 'did you mean parts'],
  ])('is refused with %s', (_, sharing, said) => {
    expect(() => load(`sharing: ${sharing}\n`)).toThrow(said);
  });
});
