import { generateKeyPairSync, webcrypto } from 'node:crypto';
// The library's decorators look for Reflect's metadata functions while it loads.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** PEM. */
export interface Leaf {
  readonly cert: string;
  readonly key: string;
}

/** A private CA that lives for one run. */
export interface Authority {
  /** PEM. */
  readonly cert: string;
  /** Valid for a day, or for fewer seconds. */
  issue(
    subject: string,
    options?: { readonly ips?: readonly string[]; readonly seconds?: number },
  ): Promise<Leaf>;
}

const dates = (seconds = 86_400): { readonly notBefore: Date; readonly notAfter: Date } => ({
  notBefore: new Date(Date.now() - 3_600_000),
  notAfter: new Date(Date.now() + seconds * 1000),
});

export async function authority(name: string): Promise<Authority> {
  const caKeys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...dates(),
    serialNumber: '01',
    name: `CN=${name}`,
    keys: caKeys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  let issued = 1;
  return {
    cert: ca.toString('pem'),
    issue: async (subject, { ips = [], seconds } = {}) => {
      const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
      issued += 1;
      const names = ['localhost', ...ips].map((value) => ({
        type: value === 'localhost' ? ('dns' as const) : ('ip' as const),
        value,
      }));
      const leaf = await x509.X509CertificateGenerator.create({
        ...dates(seconds),
        serialNumber: issued.toString(16).padStart(2, '0'),
        subject,
        issuer: ca.subject,
        publicKey: keys.publicKey,
        signingKey: caKeys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.ExtendedKeyUsageExtension([
            x509.ExtendedKeyUsage.serverAuth,
            x509.ExtendedKeyUsage.clientAuth,
          ]),
          new x509.SubjectAlternativeNameExtension(names),
        ],
      });
      const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
      return { cert: leaf.toString('pem'), key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') };
    },
  };
}

/** The pair with which service accounts' tokens are signed and checked, PEM. */
export function signingPair(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}
