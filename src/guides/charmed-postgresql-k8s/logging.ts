import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { worst } from '../shared/combine.js';
import { optionJudgement, optionReasons, optionRemedy, type OptionQuestion } from '../shared/option.js';
import { alsoInside } from '../shared/inside.js';
import { documents } from './documents.js';
import { judging, mending, releaseReasons, type Release } from './release.js';
import { connectionLogging, settingReasons } from './settings.js';
import { spelled } from './spelling.js';

/** The switches that have to be on, with what each of them has logged. */
const switches = {
  'logging-log-connections': 'connections',
  'logging-log-disconnections': 'disconnections',
  'plugin-audit-enable': 'what pgAudit records',
} as const;

export const logging = defineControl({
  id: 'PG-MON-03',
  title: 'Connections, disconnections and audited statements are logged',
  severity: 'medium',
  section: 'Monitoring and auditing',
  rationale:
    'Who came, when he left and what he changed is asked for after an incident; only logs written before can answer.',
  references: [documents.guide, documents.howTo14, documents.pgaudit],
  evidence: ['J', 'W'],
  scope: 'application',
  params: z.object({}),
  reasons: {
    ...releaseReasons,
    ...optionReasons,
    ...settingReasons.logging,
    LoggingOff: 'An option that has connections or audited statements logged is off.',
  },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Track 14: 'juju config -m MODEL POSTGRESQL logging_log_connections=true logging_log_disconnections=true plugin_audit_enable=true'; track 16 spells them with hyphens. " +
    'Ship the logs to COS (PG-MON-01): on the unit they go with the unit.',
  hazards: ['A busy server with short connections writes far more: watch the disk and Loki.'],
  evaluate: judging('postgresql', (app, release) => {
    const [first, ...others] = questions(release).map(({ question }) => optionJudgement(app, question));
    if (first === undefined) throw new Error('there is at least one switch');
    return alsoInside(worst(first, ...others), connectionLogging(app));
  }),
  remediate: mending('postgresql', (app, release) =>
    questions(release).flatMap(({ question, what }) =>
      optionRemedy(app, { ...question, effect: `${app.name} logs ${what}`, disruptive: false, cutsOff: [] }),
    ),
  ),
});

interface Asked {
  readonly question: OptionQuestion;
  readonly what: string;
}

/** The same for every application of a track and substrate, and so made once. */
function questions(release: Release): readonly Asked[] {
  const key = `${release.substrate} ${release.track}` as const;
  let asked = known.get(key);
  if (asked === undefined) known.set(key, (asked = questionsFor(release)));
  return asked;
}

const known = new Map<string, readonly Asked[]>();

function questionsFor(release: Release): readonly Asked[] {
  return Object.entries(switches).map(([option, what]) => ({
    question: { names: spelled(release, option), allowed: ['true'], reason: 'LoggingOff' },
    what,
  }));
}
