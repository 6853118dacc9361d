/** Certificates in use, as the ports show them and as they lie on the units' disks. */
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { FileCertificate } from '../../core/evidence/units.js';
import type { Dict } from '../../core/dict.js';
import type { Judgement } from '../../core/judgement.js';
import { isViolation } from '../../core/outcome.js';
import type { JudgedTime } from '../../core/time.js';
import { millis } from '../../core/time.js';
import { worst } from './combine.js';
import { certificateReasons, certificateVerdict } from './certificate-age.js';
import {
  fine,
  insideJudgement,
  insideReasons,
  nothing,
  withInside,
  wrong,
  type InsideVerdict,
} from './inside.js';
import { portsJudgement, probeReasons } from './probes.js';

/** The reasons that the judgements of certificates give. */
export const certificateInsideReasons = {
  ...probeReasons,
  ...insideReasons,
  ...certificateReasons,
  CaExpiresSoon: 'The CA itself ends soon: everything that it signed ends with it.',
} as const;

export interface InUse {
  /** Ports that show a certificate. */
  readonly ports: readonly number[];
  /** The longest notice that is asked for, in seconds. */
  readonly notice: number;
  readonly time: JudgedTime;
}

/** Whether no certificate in use is about to expire; seen by the ports, or inside the units. */
export function certificatesInUse(app: ApplicationView, { ports, notice, time }: InUse): Judgement {
  const wanted =
    'a certificate that is valid for a third of its lifetime, or for the notice that the policy asks for';
  const served = portsJudgement(app, {
    ports,
    wanted,
    met: `no certificate that the units of ${app.name} serve is about to expire`,
    verdict: (probe) => certificateVerdict(probe, notice, time),
  });
  return withInside(served, certificatesOnDisk(app, { notice, time }));
}

/** The grade of a provider with the ends of what it signed: a provider that is not fit counts before what is not seen. */
export function withCertificates(grade: Judgement, certificates: Judgement): Judgement {
  if (grade.outcome !== 'pass' && !isViolation(certificates.outcome)) return grade;
  return worst(grade, certificates);
}

/** The same of the certificates on the units' disks, their CAs included. */
export function certificatesOnDisk(app: ApplicationView, about: Omit<InUse, 'ports'>): Judgement {
  return insideJudgement(app, {
    kind: 'certificates',
    what: `when the certificates of ${app.name} end`,
    wanted:
      'certificates that are valid for a third of their lifetime, or for the notice that the policy asks for',
    met: `no certificate on the units of ${app.name} is about to expire`,
    verdict: (certificates) => verdictOn(certificates, about),
  });
}

function verdictOn(
  certificates: Dict<FileCertificate>,
  { notice, time }: Omit<InUse, 'ports'>,
): InsideVerdict {
  const all = Object.entries(certificates);
  const seen = all.map(([path, { notAfter }]) => `${nameOf(path)} until ${notAfter}`).join(', ');
  if (all.length === 0) return nothing('UnitNotSeen', 'has no certificate where one is looked for');
  let open: InsideVerdict | undefined;
  for (const [path, certificate] of all) {
    const verdict = isCa(path)
      ? caVerdict(certificate, notice, time)
      : certificateVerdict({ certificate }, notice, time);
    if (verdict.says === 'bad') return wrong(verdict.reason, `${nameOf(path)}: ${verdict.words}`, seen);
    if (verdict.says === 'nothing')
      open ??= nothing(verdict.reason, `${nameOf(path)}: ${verdict.words}`, seen);
  }
  return open ?? fine(seen);
}

function caVerdict({ notAfter }: FileCertificate, notice: number, time: JudgedTime) {
  const ends = millis(notAfter);
  const words = `the CA is valid until ${notAfter}`;
  if (time.isPast(ends)) return { says: 'bad', reason: 'CertificateExpired', words } as const;
  return {
    says: time.isPast(ends - notice * 1000) ? 'bad' : 'good',
    reason: 'CaExpiresSoon',
    words,
  } as const;
}

function isCa(path: string): boolean {
  return path.endsWith('ca.pem');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
