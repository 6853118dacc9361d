import { valueOf } from '../core/fact.js';
import type { SeenCertificate } from '../core/ports/index.js';
import type { ApplicationState, ProbedCertificate, Snapshot } from '../core/snapshot.js';
import { millis } from '../core/time.js';

/** Of each application the certificate that ends first, of those that the ports of its units served when last probed. */
export function seenCertificates({ controllers }: Snapshot): readonly SeenCertificate[] {
  return Object.values(controllers).flatMap(({ name: controller, models }) =>
    Object.entries(models).flatMap(([model, { applications }]) => {
      const seen: SeenCertificate[] = [];
      for (const [application, state] of Object.entries(applications)) {
        const first = firstToEnd(state);
        if (first !== undefined) seen.push({ controller, model, application, ...timesOf(first) });
      }
      return seen;
    }),
  );
}

function firstToEnd({ probes }: ApplicationState): ProbedCertificate | undefined {
  let first: ProbedCertificate | undefined;
  for (const ports of Object.values(valueOf(probes) ?? {}))
    for (const { certificate } of Object.values(ports))
      if (certificate !== undefined && millis(certificate.notAfter) < end(first)) first = certificate;
  return first;
}

function end(certificate: ProbedCertificate | undefined): number {
  return certificate === undefined ? Infinity : millis(certificate.notAfter);
}

function timesOf({
  notBefore,
  notAfter,
}: ProbedCertificate): Pick<SeenCertificate, 'notBefore' | 'notAfter'> {
  const began = millis(notBefore ?? '');
  return { notAfter: millis(notAfter), ...(Number.isNaN(began) ? {} : { notBefore: began }) };
}
