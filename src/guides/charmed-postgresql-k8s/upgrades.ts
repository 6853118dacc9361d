import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { upgradeJudgement, upgradeParams, upgradeReasons } from '../shared/charm-currency.js';
import { refreshRemedies } from '../shared/refresh-steps.js';
import { documents } from './documents.js';
import { judging, mending, releaseReasons } from './release.js';

const current = {
  severity: 'medium',
  section: 'Charmed operator security upgrades',
  rationale:
    'Each revision of the charm pins a version of the workload: only a refresh brings the fixes of both.',
  evidence: ['S', 'H'],
  scope: 'application',
  params: z.object(upgradeParams),
  reasons: { ...releaseReasons, ...upgradeReasons },
  remediation: 'disruptive',
  fixableBy: 'operator',
} as const;

const hazards = [
  'While a refresh runs, no relation, option, backup or password may be changed.',
  'The units restart one after the other; a single unit is down meanwhile.',
];

const charm = defineControl({
  ...current,
  id: 'PG-UPG-01',
  title: 'The PostgreSQL charm is current in its channel',
  references: [documents.guide, documents.howTo14, documents.howTo16],
  manual:
    "Take a backup and note the revision. Track 14: 'juju run -m MODEL POSTGRESQL/leader pre-upgrade-check', 'juju refresh -m MODEL POSTGRESQL' (on Kubernetes with --trust) and, once the first unit is active/idle, " +
    "on Kubernetes 'juju run -m MODEL POSTGRESQL/leader resume-upgrade'. Track 16: 'juju run -m MODEL POSTGRESQL/leader pre-refresh-check', 'juju refresh -m MODEL POSTGRESQL', " +
    "check the first unit, then 'juju run -m MODEL POSTGRESQL/N resume-refresh' as its status asks.",
  hazards: [
    ...hazards,
    'There is no way from 14 to 16 in place.',
    "A refresh to a fixed revision on Kubernetes needs that revision's image too.",
  ],
  evaluate: judging('postgresql', (app, _release, context) => upgradeJudgement(app, context)),
  remediate: mending('postgresql', (app, _release, context) => refreshRemedies(app, context)),
});

const pooler = defineControl({
  ...current,
  id: 'PGB-UPG-01',
  title: 'The PgBouncer charm is current in its channel',
  references: [documents.guide, documents.pgbouncer],
  manual:
    "Note the revision. Run 'juju run -m MODEL PGBOUNCER/leader pre-upgrade-check' and 'juju refresh -m MODEL PGBOUNCER' (on Kubernetes with --trust); once the first unit is active/idle, " +
    "on Kubernetes run 'juju run -m MODEL PGBOUNCER/leader resume-upgrade'. Refresh PostgreSQL at another time.",
  hazards: [...hazards, 'Clients reconnect when their unit restarts.'],
  evaluate: judging('pgbouncer', (app, _release, context) => upgradeJudgement(app, context)),
  remediate: mending('pgbouncer', (app, _release, context) => refreshRemedies(app, context)),
});

export const upgrades: readonly Control[] = [charm, pooler];
