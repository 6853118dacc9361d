import { describe, expect, it, test } from '@jest/globals';
import { testCa } from '../../../test/support/etcd-pki.js';
import { CertificateError, readCertificates } from './read-certificates.js';

describe('certificates', () => {
  it('are read with their names, key, and who signed them', async () => {
    const ca = await testCa('etcd-ca');
    const { cert } = await ca.issue('member', ['10.0.0.1']);
    const [own, signer, ...more] = readCertificates(`${cert}\nbetween them\n${ca.pem}`);
    expect(more).toEqual([]);
    expect(own).toMatchObject({
      subject: 'CN=member',
      issuer: 'CN=etcd-ca',
      keyKind: 'ec',
      keyBits: 256,
      alternativeNames: ['IP:10.0.0.1'],
      isCa: false,
      selfSigned: false,
    });
    expect(signer).toMatchObject({
      subject: 'CN=etcd-ca',
      isCa: true,
      selfSigned: true,
      alternativeNames: [],
    });
    expect(own?.notAfter).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('of one CA have one fingerprint, and those of two CAs of one name have two', async () => {
    const [first, second] = [await testCa('ca'), await testCa('ca')];
    const [one] = readCertificates(first.pem);
    const [again] = readCertificates(first.pem);
    const [other] = readCertificates(second.pem);
    expect(again?.fingerprint).toBe(one?.fingerprint);
    expect(other?.fingerprint).not.toBe(one?.fingerprint);
    expect(other?.keyFingerprint).not.toBe(one?.keyFingerprint);
  });

  test.each<[string, string, RegExp]>([
    ['a text without any', 'hello', /holds no certificate/],
    ['a key alone', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', /holds no certificate/],
    [
      'a broken one',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      /certificate 1 cannot be read/,
    ],
    ['far too much', 'x'.repeat(2_000_000), /longer than/],
  ])('%s is told', (_, text, sentence) => {
    expect(() => readCertificates(text)).toThrow(CertificateError);
    expect(() => readCertificates(text)).toThrow(sentence);
  });
});
