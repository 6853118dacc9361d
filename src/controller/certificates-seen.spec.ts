import { describe, expect, it } from '@jest/globals';
import { application, model, prod, unknownFact } from '../../test/support/world.js';
import type { PortProbe } from '../core/snapshot.js';
import { seenCertificates } from './certificates-seen.js';

function served(port: number, notAfter: string): Record<string, PortProbe> {
  const certificate = { subject: 'CN=etcd', issuer: 'CN=ca', notAfter };
  return { [port]: { port, answer: 'tls', certificate } };
}

function seen(probes: NonNullable<Parameters<typeof application>[0]>['probes']): unknown {
  const etcd = application({ charm: { name: 'charmed-etcd' }, ...(probes && { probes }) });
  return seenCertificates(prod({ models: { data: model({ applications: { etcd } }) } }));
}

describe('certificates that were seen', () => {
  it('show the end of the first of an application', () => {
    const probes = {
      'etcd/0': served(2379, '2027-02-01T00:00:00Z'),
      'etcd/1': { ...served(2379, '2027-01-01T00:00:00Z'), ...served(2380, '2028-01-01T00:00:00Z') },
    };
    expect(seen(probes)).toEqual([
      {
        controller: 'prod',
        model: 'data',
        application: 'etcd',
        notAfter: Date.parse('2027-01-01T00:00:00Z'),
      },
    ]);
  });

  it('tell when it began where that was read', () => {
    const notBefore = '2026-12-31T00:00:00Z';
    const certificate = { subject: '', issuer: '', notBefore, notAfter: '2027-01-01T00:00:00Z' };
    const probes = { 'etcd/0': { 2379: { port: 2379, answer: 'tls' as const, certificate } } };
    expect(seen(probes)).toMatchObject([{ notBefore: Date.parse(notBefore) }]);
  });

  it.each([
    ['nothing was probed', {}],
    ['a port speaks in the clear', { 'etcd/0': { 2379: { port: 2379, answer: 'plaintext' as const } } }],
    ['the end cannot be read', { 'etcd/0': served(2379, 'soon') }],
    ['probes are not known', unknownFact('not allowed')],
  ])('are none where %s', (_, probes) => {
    expect(seen(probes)).toEqual([]);
  });
});
