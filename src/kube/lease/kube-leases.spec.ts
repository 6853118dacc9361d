import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { controllerCertificate, type ControllerCertificate } from '../../../test/support/certificate.js';
import { kubeServer, type KubeServer } from '../../../test/support/kube-server.js';
import { realClock } from '../../../test/support/real-clock.js';
import { LeaseConflict, type Lease, type Leases } from '../../core/ports/sharing.js';
import { virtualClock } from '../../simulator/virtual-clock.js';
import { KubeClient } from '../access/client.js';
import { kubeLeases } from './kube-leases.js';

let certificate: ControllerCertificate;
let server: KubeServer;
let client: KubeClient;

beforeAll(async () => {
  certificate = await controllerCertificate(['localhost']);
});
beforeEach(async () => {
  server = await kubeServer(certificate);
  client = new KubeClient({
    access: { name: 'lab', server: new URL(server.url), ca: { text: certificate.caCert } },
    clock: realClock(),
    userAgent: 'holdfast/test',
  });
});
afterEach(async () => {
  client.close();
  await server.close();
});

const clock = virtualClock(Date.UTC(2026, 10, 22, 6));

function leases(group = 'holdfast'): Leases {
  return kubeLeases({ client, namespace: 'ops', group, duration: 10, clock });
}

function stored(name: string): unknown {
  return server.world.find({ plural: 'leases', namespace: 'ops', name })?.['spec'];
}

describe('leases of Kubernetes', () => {
  it('are made, renewed and given back as kubectl shows them', async () => {
    const made = await leases().put({ name: 'part-07', holder: 'u-0_a', notes: {} }, undefined);
    const times = { renewTime: '2026-11-22T06:00:00.000000Z', acquireTime: '2026-11-22T06:00:00.000000Z' };
    const spec = { leaseDurationSeconds: 10, leaseTransitions: 0 };
    expect(stored('holdfast-part-07')).toEqual({ holderIdentity: 'u-0_a', ...times, ...spec });
    await clock.advance(3000);
    const renewed = await leases().put({ name: 'part-07', holder: 'u-0_a', notes: {} }, made);
    expect(renewed.version).not.toBe(made.version);
    expect(stored('holdfast-part-07')).toMatchObject({ ...times, renewTime: '2026-11-22T06:00:03.000000Z' });
    const free = await leases().put({ name: 'part-07', holder: '', notes: {} }, renewed);
    expect(stored('holdfast-part-07')).toEqual(spec);
    await leases().put({ name: 'part-07', holder: 'u-1_b', notes: {} }, free);
    expect(stored('holdfast-part-07')).toMatchObject({ holderIdentity: 'u-1_b', leaseTransitions: 1 });
  });

  it('are listed with their notes, those of another group in the namespace left out', async () => {
    await leases().put({ name: 'member-u-0', holder: 'u-0_a', notes: { parts: '16' } }, undefined);
    await leases('other').put({ name: 'member-u-0', holder: 'u-0_x', notes: {} }, undefined);
    expect(await leases().list()).toMatchObject([
      { name: 'member-u-0', holder: 'u-0_a', notes: { parts: '16' }, transitions: 0 },
    ]);
  });

  const lease = { name: 'part-00', holder: 'u-1_b', notes: {} };
  const other = { ...lease, holder: 'u-0_a' };
  it.each<[string, () => Promise<Lease | undefined>]>([
    [
      'is there already',
      async () => {
        await leases().put(other, undefined);
        return undefined;
      },
    ],
    [
      'was written by somebody else meanwhile',
      async () => {
        const first = await leases().put(other, undefined);
        await leases().put({ ...other, holder: 'u-2_c' }, first);
        return first;
      },
    ],
    [
      'was removed',
      async () => {
        const first = await leases().put(other, undefined);
        server.world.delete({ plural: 'leases', namespace: 'ops', name: 'holdfast-part-00' });
        return first;
      },
    ],
  ])('are not taken where one %s', async (_, happen) => {
    const before = await happen();
    await expect(leases().put(lease, before)).rejects.toBeInstanceOf(LeaseConflict);
  });

  it('do not pass trouble with the server off as somebody else being first', async () => {
    server.faults = () => ({ status: 500 });
    const taken = leases().put(lease, undefined);
    await expect(taken).rejects.toThrow('the API server answered 500');
    await expect(taken).rejects.not.toBeInstanceOf(LeaseConflict);
  });
});
