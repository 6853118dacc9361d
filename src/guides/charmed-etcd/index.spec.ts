import { describe, expect, it, test } from '@jest/globals';
import { probePorts } from '../../core/control.js';
import type { Charm } from '../../core/snapshot.js';
import { charmedEtcd } from './index.js';

const both = ['', 'peer-certificates', 'client-certificates', 'etcd-client'];

describe('which applications the guide is about', () => {
  const charm = (name: string): Charm => ({ name, subordinateTo: [] });

  test.each(['charmed-etcd', 'etcd'])('%s, whose family each control looks at', (name) => {
    expect(charmedEtcd.appliesTo?.(charm(name), [])).toBe(true);
  });

  test.each(['etcd-operator', 'etcd-k8s', 'data-integrator'])('not %s', (name) => {
    expect(charmedEtcd.appliesTo?.(charm(name), both)).toBe(false);
  });

  it('has the ports of clients and members probed, of Charmed etcd only', () => {
    expect(probePorts(charmedEtcd, charm('charmed-etcd'), both)).toEqual([
      { port: 2379, protocol: 'etcd-client' },
      { port: 2380, protocol: 'etcd-peer' },
    ]);
    expect(probePorts(charmedEtcd, charm('etcd'), both)).toEqual([]);
  });
});

describe('the controls', () => {
  it('are those of the catalogue', () => {
    const prefixes = { OS: 4, UPG: 3, ENC: 7, AUTH: 3, AUTHZ: 2, MON: 3, BKP: 1, NET: 1, DBG: 1, FILE: 1 };
    const ids = Object.entries(prefixes).flatMap(([area, count]) =>
      Array.from({ length: count }, (_, n) => `ETCD-${area}-0${n + 1}`),
    );
    expect(charmedEtcd.controls.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  test.each(charmedEtcd.controls.map((control) => [control.id, control] as const))(
    '%s is told in full',
    (_, control) => {
      expect(control.rationale).toMatch(/\.$/);
      expect(control.manual.length).toBeGreaterThan(80);
      expect(control.references.every((url) => url.startsWith('https://'))).toBe(true);
      expect(control.references.length).toBeGreaterThan(0);
      expect(control.params.safeParse({}).success).toBe(true);
      expect(control.remediation === 'manual').toBe(control.remediate === undefined);
      for (const [reason, sentence] of Object.entries(control.reasons)) {
        expect(reason).toMatch(/^[A-Z][A-Za-z]+$/);
        expect(sentence).toMatch(/\.$/);
      }
    },
  );
});
