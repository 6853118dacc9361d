import type { X509Certificate } from 'node:crypto';
import type { ProbedCertificate } from '../core/snapshot.js';

/** Names in certificates come from outside and may be as long as their makers like. */
const longest = 256;

/** The facts of a server's certificate that are kept; undefined when there is none or its date cannot be read. */
export function peerCertificate(certificate: X509Certificate | undefined): ProbedCertificate | undefined {
  if (certificate === undefined) return undefined;
  const notAfter = new Date(certificate.validTo);
  if (Number.isNaN(notAfter.getTime())) return undefined;
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    notAfter: `${notAfter.toISOString().slice(0, -5)}Z`,
  };
}

/** As in `CN=etcd-server, O=example`: one line, without control characters. Empty for a certificate without names. */
function nameOf(lines: string | undefined): string {
  const name = (lines ?? '')
    .split('\n')
    .join(', ')
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
  return name.length > longest ? `${name.slice(0, longest)}…` : name;
}
