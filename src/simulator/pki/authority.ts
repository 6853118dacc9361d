/** A certificate authority for simulated controllers and TLS providers: ECDSA P-256, SHA-256 (RFC 5280). */
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
// The library's decorators look for Reflect's metadata functions while it loads.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

export interface Authority {
  /** PEM. */
  readonly certificate: string;
  /** Signs a certificate for a server that is a client too. */
  issue(request: CertificateRequest): Promise<KeyAndCertificate>;
}

export interface CertificateRequest {
  readonly commonName: string;
  /** IP addresses and DNS names. */
  readonly names: readonly string[];
  readonly validDays: number;
}

/** PEM both; the key as PKCS #8. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

interface Validity {
  /** Milliseconds since 1970; asked again for every certificate. */
  readonly now: () => number;
  readonly validDays: number;
}

interface Signer {
  readonly name: string;
  readonly key: webcrypto.CryptoKey;
  readonly now: () => number;
}

const dayMs = 86_400_000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** An authority that signs itself. Its certificates are valid from one day before their making. */
export async function createAuthority(commonName: string, { now, validDays }: Validity): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...dates(now(), validDays),
    name: distinguishedName(commonName),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const signer: Signer = { name: commonName, key: keys.privateKey, now };
  return { certificate: certificate.toString('pem'), issue: (request) => issue(signer, request) };
}

async function issue(signer: Signer, request: CertificateRequest): Promise<KeyAndCertificate> {
  const { privateKey, publicKey } = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    ...dates(signer.now(), request.validDays),
    subject: distinguishedName(request.commonName),
    issuer: distinguishedName(signer.name),
    publicKey,
    signingKey: signer.key,
    signingAlgorithm: algorithm,
    extensions: leafExtensions(request.names),
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return { key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'), cert: certificate.toString('pem') };
}

function leafExtensions(names: readonly string[]): x509.Extension[] {
  const { serverAuth, clientAuth } = x509.ExtendedKeyUsage;
  return [
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([serverAuth, clientAuth]),
    new x509.SubjectAlternativeNameExtension(names.map(alternativeName)),
  ];
}

function alternativeName(value: string): x509.JsonGeneralName {
  return { type: isIP(value) === 0 ? 'dns' : 'ip', value };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** Not as text, where a comma in the name would begin another part. */
function distinguishedName(commonName: string): x509.JsonName {
  return [{ CN: [commonName] }];
}

function dates(now: number, validDays: number): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(now - dayMs), notAfter: new Date(now + validDays * dayMs) };
}
