import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { upgradeJudgement, upgradeParams, upgradeReasons } from '../shared/charm-currency.js';
import { documents } from '../shared/etcd-documents.js';
import { refreshRemedies } from '../shared/refresh-steps.js';
import { floorJudgement, floorReasons } from '../shared/version-floor.js';
import { pinnedSnap, snapReasons } from '../shared/system-inside.js';

const section = 'Security upgrades';

const refresh =
  "Run 'juju run -m MODEL ETCD/leader pre-refresh-check' and keep the rollback line that it prints. " +
  "Set 'juju config -m MODEL ETCD pause-after-unit-refresh=first', run 'juju refresh -m MODEL ETCD', and wait until the first unit is active/idle. " +
  "Check it, then run 'juju run -m MODEL ETCD/N resume-refresh' as the status asks.";

const refreshHazards = [
  'While a refresh runs, no relation, option, backup or password may be changed.',
  'Every member restarts, one after the other; a cluster of one is down meanwhile.',
  'Going back to an older minor version is not supported: take a backup first.',
];

const charm = defineControl({
  id: 'ETCD-UPG-01',
  title: 'The charm is current in its channel',
  severity: 'medium',
  section,
  rationale:
    'Each revision of the charm pins a revision of the etcd snap: only a refresh brings the fixes of etcd to the machines.',
  references: [documents.guide, documents.refresh, documents.reference],
  evidence: ['S', 'H'],
  scope: 'application',
  params: z.object(upgradeParams),
  reasons: upgradeReasons,
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual: refresh,
  hazards: refreshHazards,
  evaluate: upgradeJudgement,
  remediate: (app, context) => refreshRemedies(app, context),
});

const snap = defineControl({
  id: 'ETCD-UPG-02',
  title: 'The installed snap is the one that the charm pins, and it is held',
  severity: 'medium',
  section,
  rationale: 'A snap that moved on its own is one that nobody tested with this charm.',
  references: [documents.guide, documents.cryptography, documents.reference],
  evidence: ['W'],
  scope: 'application',
  params: z.object({}),
  reasons: snapReasons,
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Compare 'juju exec -m MODEL --application ETCD -- snap list charmed-etcd' with the release notes of the deployed revision; Notes must say held. " +
    `Put a difference right by refreshing the charm, never the snap by hand. ${refresh}`,
  hazards: refreshHazards,
  evaluate: (app, { knowledge }) => pinnedSnap(app, knowledge),
  remediate: (app, context) => refreshRemedies(app, context),
});

const version = defineControl({
  id: 'ETCD-UPG-03',
  title: 'etcd is at or above the patched version of its series',
  severity: 'high',
  section,
  rationale:
    'Versions below the floor have published holes, some of which let a reader see keys that are not his.',
  references: [documents.guide, documents.reference, documents.etcdAdvisories],
  evidence: ['S'],
  scope: 'application',
  params: z.object({}),
  reasons: floorReasons,
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual: refresh,
  hazards: refreshHazards,
  evaluate: (app, { knowledge }) => floorJudgement(app, knowledge),
  remediate: (app, context) => refreshRemedies(app, context),
});

export const upgrades: readonly Control[] = [charm, snap, version];
