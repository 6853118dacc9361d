import { durationText } from '../../core/duration.js';
import type { ProbedCertificate } from '../../core/snapshot.js';
import { millis, type JudgedTime } from '../../core/time.js';
import { good, type Verdict } from './probes.js';

/** The reasons that `certificateVerdict` gives. */
export const certificateReasons = {
  CertificateExpired: 'A unit serves a certificate that is no longer valid.',
  CertificateExpiresSoon: 'A served certificate is near its end and has not been renewed.',
  CertificateNotSeen: 'A port showed no certificate to look at.',
  LifetimeNotSeen: 'A certificate ends soon, and whether that is soon for its lifetime was not seen.',
} as const;

/**
 * A served certificate must be valid for the smaller of the notice asked for and a third of its lifetime: providers
 * that sign for 30 days (Vault) renew late.
 */
export function certificateVerdict(
  { certificate }: { readonly certificate?: Omit<ProbedCertificate, 'subject' | 'issuer'> },
  maxSeconds: number,
  time: JudgedTime,
): Verdict {
  if (certificate === undefined)
    return { says: 'nothing', reason: 'CertificateNotSeen', words: 'showed no certificate' };
  const ends = millis(certificate.notAfter);
  if (Number.isNaN(ends))
    return { says: 'nothing', reason: 'CertificateNotSeen', words: 'showed a certificate without an end' };
  const until = `serves a certificate valid until ${certificate.notAfter}`;
  if (time.isPast(ends)) return { says: 'bad', reason: 'CertificateExpired', words: until };
  if (!time.isPast(ends - maxSeconds * 1000)) return good;
  const lifetime = lifetimeOf(certificate);
  if (lifetime === undefined) return { says: 'nothing', reason: 'LifetimeNotSeen', words: until };
  if (!time.isPast(ends - lifetime / 3)) return good;
  const words = `${until}, in its last third of ${durationText(lifetime / 1000)}`;
  return { says: 'bad', reason: 'CertificateExpiresSoon', words };
}

/** Milliseconds from the certificate's beginning to its end. */
function lifetimeOf({
  notBefore,
  notAfter,
}: Pick<ProbedCertificate, 'notBefore' | 'notAfter'>): number | undefined {
  if (notBefore === undefined) return undefined;
  const lifetime = millis(notAfter) - millis(notBefore);
  return Number.isNaN(lifetime) ? undefined : lifetime;
}
