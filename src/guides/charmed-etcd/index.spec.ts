import { describe, expect, it, test } from '@jest/globals';
import type { Charm } from '../../core/snapshot.js';
import { charmedEtcd } from './index.js';

const both = ['', 'peer-certificates', 'client-certificates', 'etcd-client'];

describe('which applications the guide is about', () => {
  const is = (charm: Partial<Charm>, endpoints: readonly string[]) =>
    charmedEtcd.appliesTo?.({ name: 'charmed-etcd', subordinateTo: [], ...charm }, endpoints);
  test.each<[string, boolean, Partial<Charm>, readonly string[]]>([
    ['Charmed etcd by its endpoints', true, { track: '3.6' }, both],
    ['a charm from a file by its endpoints', true, { origin: 'local' }, both],
    ['by its track where endpoints are not shown', true, { track: '3.5' }, []],
    ['the default binding alone shows no endpoints', true, { track: '3.6' }, ['']],
    ['not without endpoints and track', false, {}, []],
    ['not with one of the two endpoints', false, { track: '3.6' }, ['', 'peer-certificates']],
    ['not a later major version of which nothing is known', false, { track: '4.0' }, []],
    ['not the older reactive charm, whatever its endpoints', false, { name: 'etcd', track: '3.4' }, both],
    ['not the operator of that name', false, { name: 'etcd-operator' }, both],
  ])('%s', (_, expected, charm, endpoints) => {
    expect(is(charm, endpoints)).toBe(expected);
  });
});

describe('the controls', () => {
  it('are those of the catalogue', () => {
    const prefixes = { OS: 4, UPG: 3, ENC: 7, AUTH: 2, AUTHZ: 2, MON: 3, BKP: 1, NET: 1, DBG: 1, FILE: 1 };
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

  it('has the ports of clients and members probed', () => {
    expect(charmedEtcd.probes).toEqual([
      { port: 2379, protocol: 'etcd-client' },
      { port: 2380, protocol: 'etcd-peer' },
    ]);
  });
});
