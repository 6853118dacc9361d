import { describe, expect, it, test } from '@jest/globals';
import { etcdWorld, findingOn, saysOn } from '../../../test/support/etcd.js';
import { relate } from '../../../test/support/world.js';
import { cisEtcd as guide } from './index.js';

const service = Array.from({ length: 7 }, (_, n) => `CIS-2.${n + 1}`);
const files = ['CIS-1.1.7', 'CIS-1.1.8', 'CIS-1.1.11', 'CIS-1.1.12'];

describe('the checks', () => {
  it('are those of the benchmark that are about etcd', () => {
    expect(guide.controls.map(({ id }) => id)).toEqual([...service, ...files]);
  });

  test.each(guide.controls.map((control) => [control.id, control] as const))(
    '%s is told in full',
    (_, control) => {
      expect(control.rationale).toMatch(/\.$/);
      expect(control.manual.length).toBeGreaterThan(80);
      expect(control.references.every((url) => url.startsWith('https://'))).toBe(true);
      expect(control.hazards.length).toBeGreaterThan(0);
      expect(control.params.safeParse({}).success).toBe(true);
      expect(control.remediation).toBe('manual');
      expect('remediate' in control).toBe(false);
      for (const sentence of Object.values(control.reasons)) expect(sentence).toMatch(/\.$/);
    },
  );
});

describe('which applications they are put to', () => {
  const endpoints = ['peer-certificates', 'client-certificates'];
  test.each<[string, boolean, string, readonly string[]]>([
    ['Charmed etcd', true, 'charmed-etcd', endpoints],
    ['the older reactive charm, to be told that they do not apply', true, 'etcd', []],
    ['not another product', false, 'kafka', ['certificates']],
  ])('%s', (_, expected, name, shown) => {
    expect(guide.appliesTo?.({ name, subordinateTo: [] }, shown)).toBe(expected);
  });
});

describe('what they say', () => {
  const related = etcdWorld({
    relations: ['peer-certificates', 'client-certificates'].map((end) =>
      relate(`etcd:${end}`, 'ca:certificates', 'tls-certificates'),
    ),
  });

  test.each(guide.controls.map(({ id }) => id).filter((id) => id !== 'CIS-1.1.8'))(
    '%s waits for a look inside the units, whatever is related, and names the permission',
    (id) => {
      for (const world of [etcdWorld(), related]) {
        const { judgement } = findingOn(guide, id, world);
        expect(judgement).toMatchObject({ outcome: 'unknown', reason: 'WorkloadEvidenceOff' });
        expect(judgement.message).toContain('needs workload evidence: a prober identity');
      }
    },
  );

  it('CIS-1.1.8 cannot apply, because a snap has no pod specification', () => {
    expect(saysOn(guide, 'CIS-1.1.8', etcdWorld())).toBe('not-applicable NoPodSpecification');
  });
});
