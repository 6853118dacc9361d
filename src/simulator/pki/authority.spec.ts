import { createPrivateKey, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createAuthority, type Authority, type KeyAndCertificate } from './authority.js';

const start = Date.UTC(2026, 0, 10, 12);
const dayMs = 86_400_000;

describe('a simulated certificate authority', () => {
  let now = start;
  let authority: Authority;
  let own: X509Certificate;

  beforeAll(async () => {
    authority = await createAuthority('vault, provider', { now: () => now, validDays: 365 });
    own = new X509Certificate(authority.certificate);
  });

  function issue(): Promise<KeyAndCertificate> {
    const names = ['10.1.2.3', 'fd00::1', 'etcd-0'];
    return authority.issue({ commonName: 'etcd-0', names, validDays: 90 });
  }

  test('signs itself and may sign others', () => {
    expect(own.ca).toBe(true);
    expect(own.verify(own.publicKey)).toBe(true);
    expect(own.toLegacyObject().subject.CN).toBe('vault, provider');
    expect(own.validFromDate.getTime()).toBe(start - dayMs);
    expect(own.validToDate.getTime()).toBe(start + 365 * dayMs);
  });

  test('signs a certificate for the addresses and names asked for, for servers and clients', async () => {
    const { key, cert } = await issue();
    const leaf = new X509Certificate(cert);
    expect(leaf.checkIssued(own)).toBe(true);
    expect(leaf.verify(own.publicKey)).toBe(true);
    expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.subject).toBe('CN=etcd-0');
    expect(leaf.subjectAltName).toBe('IP Address:10.1.2.3, IP Address:FD00:0:0:0:0:0:0:1, DNS:etcd-0');
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });

  test('dates a certificate when it is issued, not when the authority was made', async () => {
    now = start + 100 * dayMs;
    const leaf = new X509Certificate((await issue()).cert);
    expect(leaf.validFromDate.getTime()).toBe(start + 99 * dayMs);
    expect(leaf.validToDate.getTime()).toBe(start + 190 * dayMs);
  });

  test('never gives a serial number twice', async () => {
    const issued = await Promise.all([issue(), issue(), issue()]);
    const serials = issued.map(({ cert }) => new X509Certificate(cert).serialNumber);
    expect(new Set([own.serialNumber, ...serials]).size).toBe(4);
  });
});
