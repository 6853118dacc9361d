import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, type Judgement } from '../../core/judgement.js';
import { worst } from '../shared/combine.js';
import { documents } from '../shared/etcd-documents.js';
import { duration } from '../shared/params.js';
import { bestOf, stacksOf, type StackPlace } from '../shared/stack/places.js';
import { keptLongEnough, retentionReasons } from '../shared/stack/retention.js';
import { attestationReasons, byStatement } from '../shared/attestation.js';

const { RetentionTooShort, RetentionBySize } = retentionReasons;

export const keeping = defineControl({
  id: 'EBP-MON-06',
  title: 'Logs are kept in a safe place',
  severity: 'low',
  section: 'Monitoring and Auditing: Detecting and Responding to Threats',
  rationale: 'Who breaks in changes the logs first, where he can.',
  references: [documents.article, documents.cos],
  evidence: ['O', 'A'],
  scope: 'application',
  params: z.object({
    logRetention: duration('30d').meta({
      description:
        'For how long Loki has to keep logs at least, as in 30d: the article names no time, your rules may.',
    }),
  }),
  reasons: {
    ...attestationReasons,
    RetentionTooShort,
    RetentionBySize,
    LogStoreUnencrypted:
      'Loki is asked over plain http: whoever is on the way reads along, and may change it.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Check that Loki is reached over https, keeps logs for as long as your rules ask, and lets only those read who must. State when that was and by whom.',
  hazards: [],
  evaluate(app, context) {
    const { params } = context;
    const control = 'EBP-MON-06';
    const stated = byStatement(context, { what: 'how long logs are kept, and who may read them', control });
    const kept = bestOf(stacksOf(app, 'loki').map((place) => keptAt(app, place, params.logRetention)));
    if (kept === undefined) return stated;
    if (kept.outcome !== 'pass') return kept;
    const rest = byStatement(context, { what: 'who may read the logs', control });
    return { ...rest, message: `${kept.message}; ${rest.message}`, evidence: kept.evidence };
  },
});

/** Retention and the way there. What Loki does not tell is left to the person who states the rest. */
function keptAt(app: ApplicationView, place: StackPlace, least: number): Judgement {
  const kept = keptLongEnough(place, 'logRetention', least);
  const encrypted = reachedSafely(app, place);
  if (kept.reason !== 'RetentionNotShown') return worst(kept, encrypted);
  return encrypted.outcome === 'pass' ? { ...encrypted, message: kept.message } : encrypted;
}

function reachedSafely(app: ApplicationView, { stack }: StackPlace): Judgement {
  const servers = stack.get('servers');
  if (!isKnown(servers)) return notSeen(servers, 'https');
  const server = servers.value['loki'];
  const seen = evidenceOf(servers, server?.transport ?? 'not named', 'https');
  switch (server?.transport) {
    case 'http':
      return fail(
        'LogStoreUnencrypted',
        `Loki of ${stack.name} holds the logs of ${app.name} and is asked over http`,
        seen,
      );
    case 'https':
      return pass(`Loki of ${stack.name} is asked over https`, seen);
    default:
      return pass(`Loki of ${stack.name} is asked on this machine: how others reach it does not show`, seen);
  }
}
