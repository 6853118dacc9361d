/** Certificates, read by what OpenSSL makes of them. Only facts are kept, never keys. */
import { createHash, X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../../core/evidence/etcd.js';
import { InputError } from '../../core/input-error.js';

/** A text that holds no certificate, or one that cannot be read. */
export class CertificateError extends InputError {}

/** What is longer is no file of certificates; a bundle of all public CAs has a quarter of it. */
const longest = 1_048_576;
const mostCertificates = 500;
const mostNames = 100;
const longestName = 256;

/**
 * All certificates of a PEM text, in order.
 * @throws CertificateError where there is none, one cannot be read, or the text is too long.
 */
export function readCertificates(pem: string): readonly CertificateFacts[] {
  if (pem.length > longest) throw new CertificateError(`it is longer than ${longest / 1024} KiB`);
  const blocks = [
    ...pem.matchAll(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g),
  ];
  if (blocks.length === 0) throw new CertificateError('it holds no certificate in PEM form');
  if (blocks.length > mostCertificates)
    throw new CertificateError(`it holds more than ${mostCertificates} certificates`);
  return blocks.map(([block], index) => readOne(block, index + 1));
}

function readOne(block: string, place: number): CertificateFacts {
  try {
    return certificateFacts(new X509Certificate(block));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CertificateError(`its certificate ${place} cannot be read: ${why.slice(0, longestName)}`);
  }
}

/** The facts of one certificate. @throws Error where its dates or its key cannot be read. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  const subject = nameOf(certificate.subject);
  const issuer = nameOf(certificate.issuer);
  return {
    subject,
    issuer,
    notBefore: instantOf(certificate.validFrom),
    notAfter: instantOf(certificate.validTo),
    fingerprint: sha256(certificate.raw),
    alternativeNames: alternativeNames(certificate.subjectAltName),
    isCa: certificate.ca,
    selfSigned: subject === issuer && isOwnIssuer(certificate),
    ...keyFacts(certificate),
  };
}

function isOwnIssuer(certificate: X509Certificate): boolean {
  try {
    return certificate.verify(certificate.publicKey);
  } catch {
    return false;
  }
}

type KeyFacts = Pick<CertificateFacts, 'keyKind' | 'keyBits' | 'keyFingerprint'>;

function keyFacts({ publicKey }: X509Certificate): KeyFacts {
  const { asymmetricKeyType = 'unknown', asymmetricKeyDetails: details = {} } = publicKey;
  const keyFingerprint = sha256(publicKey.export({ type: 'spki', format: 'der' }));
  const bits = details.modulusLength ?? curveBits(details.namedCurve);
  return { keyKind: asymmetricKeyType, keyFingerprint, ...(bits === undefined ? {} : { keyBits: bits }) };
}

const curves: Readonly<Record<string, number>> = {
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
};

function curveBits(curve: string | undefined): number | undefined {
  return curve === undefined || !Object.hasOwn(curves, curve) ? undefined : curves[curve];
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** OpenSSL's own spelling, `Nov 22 03:26:48 2026 GMT`, which the language reads. */
function instantOf(text: string): string {
  return `${new Date(text).toISOString().slice(0, -5)}Z`;
}

/** Names come from outside: one line, without control characters, cut to length. */
function nameOf(lines: string | undefined): string {
  return clean((lines ?? '').split('\n').join(', '));
}

function alternativeNames(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return text
    .split(', ')
    .slice(0, mostNames)
    .map((name) => clean(name.replace(/^IP Address:/, 'IP:')));
}

function clean(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
  return plain.length > longestName ? `${plain.slice(0, longestName)}…` : plain;
}
