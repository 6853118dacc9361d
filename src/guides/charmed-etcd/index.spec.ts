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
