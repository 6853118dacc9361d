import { valueOf } from '../fact.js';
import type { ProposedStep } from '../plan.js';
import type { ApplicationState } from '../snapshot.js';
import { millis } from '../time.js';
import { waiting } from './holds.js';
import type { Hold } from './rail.js';

/**
 * Members that come back with an expired certificate are not taken in by the others. A step that brings in a provider
 * of certificates is what puts that right.
 */
export function certificateHold(
  app: ApplicationState,
  { action }: ProposedStep,
  now: number,
): Hold | undefined {
  if (bringsCertificates(action.args)) return undefined;
  for (const [unit, ports] of Object.entries(valueOf(app.probes) ?? {})) {
    const expired = Object.values(ports).find(
      ({ certificate }) => certificate !== undefined && millis(certificate.notAfter) <= now,
    );
    if (expired === undefined) continue;
    const since = expired.certificate?.notAfter ?? '';
    const message = `${unit} serves a certificate on port ${expired.port} that expired at ${since}: renew it first`;
    return waiting('CertificateExpired', message);
  }
  return undefined;
}

function bringsCertificates(args: ProposedStep['action']['args']): boolean {
  return (
    args.type === 'integrate' && args.ends.some(({ endpoint }) => /certificates|vault-pki/.test(endpoint))
  );
}
