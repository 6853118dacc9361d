/** CAs and certificates for etcd processes in tests. */
import { webcrypto } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
// The library's decorators look for Reflect's metadata functions while it loads.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export interface TestCa {
  readonly pem: string;
  readonly issue: (name: string, addresses?: readonly string[]) => Promise<Issued>;
}

interface Issued {
  readonly cert: string;
  readonly key: string;
}

function dates(days = 1): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + days * 86_400_000),
  };
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** A CA that signs certificates which serve and ask alike, as those of etcd's members have to. */
export async function testCa(name: string): Promise<TestCa> {
  const keys = await newKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...dates(),
    serialNumber: '01',
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  });
  let serial = 1;
  const issue: TestCa['issue'] = async (commonName, addresses = []) => {
    const own = await newKeys();
    serial += 1;
    const certificate = await x509.X509CertificateGenerator.create({
      ...dates(),
      serialNumber: serial.toString(16).padStart(2, '0'),
      subject: `CN=${commonName}`,
      issuer: ca.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']),
        ...(addresses.length === 0
          ? []
          : [
              new x509.SubjectAlternativeNameExtension(
                addresses.map((value) => ({ type: 'ip' as const, value })),
              ),
            ]),
      ],
    });
    const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', own.privateKey);
    return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') };
  };
  return { pem: ca.toString('pem'), issue };
}

/** Paths of the files of `writePki`. */
export interface PkiFiles {
  readonly folder: string;
  readonly ca: string;
  readonly otherCa: string;
  readonly cert: (name: PkiName) => string;
  readonly key: (name: PkiName) => string;
}

type PkiName = 'server' | 'peer' | 'root' | 'nobody' | 'stranger';

/** etcd's CA with what it signed for 127.0.0.1, and another CA with a stranger's certificate. */
export async function writePki(folder: string): Promise<PkiFiles> {
  await mkdir(folder, { recursive: true });
  const at = (name: string): string => join(folder, name);
  const own = await testCa('etcd-ca');
  const other = await testCa('other-ca');
  await writeFile(at('ca.crt'), own.pem);
  await writeFile(at('other-ca.crt'), other.pem);
  for (const name of ['server', 'peer', 'root', 'nobody', 'stranger'] as const) {
    const issuer = name === 'stranger' ? other : own;
    const { cert, key } = await issuer.issue(name, ['127.0.0.1']);
    await writeFile(at(`${name}.crt`), cert);
    await writeFile(at(`${name}.key`), key, { mode: 0o600 });
  }
  return {
    folder,
    ca: at('ca.crt'),
    otherCa: at('other-ca.crt'),
    cert: (name) => at(`${name}.crt`),
    key: (name) => at(`${name}.key`),
  };
}
