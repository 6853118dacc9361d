/** What ends on its own: waivers, and the certificates that units were seen to serve. */
import { ledgerStates } from '../core/policy/ledger.js';
import type { DaemonView, SeenCertificate } from '../core/ports/index.js';
import { millis } from '../core/time.js';
import { placeLabels } from './metrics-labels.js';
import type { Sample, Sampled } from './metrics-sampled.js';

/** Certificates that are told, those first that end first. */
const mostCertificates = 5000;

export function expiryMetrics(limit: number = mostCertificates): readonly Sampled[] {
  return [
    {
      name: 'waivers',
      help: 'Waivers of the policy by what became of them; expiring: they end within two weeks.',
      labelNames: ['state'],
      read: waiversByState,
    },
    {
      name: 'waiver_next_expiry_timestamp_seconds',
      help: 'Unix time at which the next waiver ends; absent where none will.',
      labelNames: [],
      read: nextExpiry,
    },
    certificate(
      'certificate_expiry_timestamp_seconds',
      'Unix time at which the first of the certificates ends that the units of an application were seen to serve.',
      ({ notAfter }) => notAfter,
      limit,
    ),
    certificate(
      'certificate_start_timestamp_seconds',
      'Unix time at which the same certificate began: how early it must be renewed depends on its lifetime.',
      ({ notBefore }) => notBefore,
      limit,
    ),
  ];
}

function waiversByState(view: DaemonView): readonly Sample[] {
  const { waivers = [] } = view.report();
  return ledgerStates.map((state) => ({
    labels: { state },
    value: waivers.filter((waiver) => waiver.state === state).length,
  }));
}

function nextExpiry(view: DaemonView): readonly Sample[] {
  const { waivers = [], generatedAt } = view.report();
  const now = millis(generatedAt);
  const ends = waivers.map(({ expiresAt }) => millis(expiresAt)).filter((end) => end > now);
  return ends.length === 0 ? [] : [{ labels: {}, value: Math.min(...ends) / 1000 }];
}

function certificate(
  name: string,
  help: string,
  read: (seen: SeenCertificate) => number | undefined,
  limit: number,
): Sampled {
  const samples = (seen: SeenCertificate): readonly Sample[] => {
    const ms = read(seen);
    return ms === undefined ? [] : [{ labels: placeLabels(seen), value: ms / 1000 }];
  };
  return {
    name,
    help,
    labelNames: ['controller', 'target_model', 'target_application'],
    read: (view) => firstToEnd(view.certificates?.() ?? [], limit).flatMap(samples),
  };
}

function firstToEnd(seen: readonly SeenCertificate[], limit: number): readonly SeenCertificate[] {
  return seen.length <= limit ? seen : seen.toSorted((a, b) => a.notAfter - b.notAfter).slice(0, limit);
}
