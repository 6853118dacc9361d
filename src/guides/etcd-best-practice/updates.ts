import { z } from 'zod';
import { defineControl, type Context, type Control } from '../../core/control.js';
import { durationText } from '../../core/duration.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import {
  evidenceOf,
  fail,
  manual,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Judgement,
} from '../../core/judgement.js';
import { isKnown } from '../../core/fact.js';
import { newestOf, rollbackRevision } from '../../core/refresh/check.js';
import { pendingRefresh } from '../shared/charm-currency.js';
import { worst } from '../shared/combine.js';
import { documents } from '../shared/etcd-documents.js';
import { duration } from '../shared/params.js';
import { floorJudgement, floorReasons } from '../shared/version-floor.js';
import { attestationReasons, byStatement } from '../shared/attestation.js';
import { attested } from './attested.js';

const section = 'Regular Updates and Patching: Staying Ahead of Vulnerabilities';

const announcements = z.object({
  age: duration('90d').meta({
    description: 'How long ago the data about advisories may have been looked through, as in 90d.',
  }),
});

const followed = defineControl({
  id: 'EBP-UPD-01',
  title: 'Security announcements are followed',
  severity: 'medium',
  section,
  rationale: 'Who does not hear of a hole does not close it.',
  references: [documents.article, documents.etcdAdvisories],
  evidence: ['S'],
  scope: 'application',
  params: announcements,
  reasons: {
    ...floorReasons,
    AdvisoriesOld:
      'The data about advisories have not been looked through for longer than the policy allows.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Bring in newer data (a newer Holdfast, or '--data DIR'), read the advisories of etcd, and refresh the charm where the version is flagged: 'juju refresh -m MODEL ETCD' as ETCD-UPG-01 says.",
  hazards: ['A refresh restarts every member, one after the other.'],
  evaluate: (app, context) => worst(advisoryAge(context), floorJudgement(app, context.knowledge)),
});

function advisoryAge({ knowledge, params, time }: Context<z.output<typeof announcements>>): Judgement {
  const { workloadFloors, advisories } = knowledge.dates;
  const date = workloadFloors < advisories ? workloadFloors : advisories;
  const text = `the data about advisories are of ${date}`;
  const wanted = `looked through within ${durationText(params.age)}`;
  const seen = {
    source: 'knowledge: workloadFloors and advisories',
    observedAt: `${date}T00:00:00Z`,
    seen: date,
    wanted,
  };
  return time.isOlder(date, params.age) ? fail('AdvisoriesOld', text, seen) : pass(text, seen);
}

const rehearsed = attested(
  {
    id: 'EBP-UPD-02',
    title: 'Updates are rehearsed before production',
    severity: 'low',
    section,
    rationale: 'The first place where an update fails should not be the one that matters.',
    references: [documents.article, documents.refresh],
    manual:
      "Keep a staging model with the same charm, channel and relations. Refresh it first, let it run for some days with its controls passing, and state which revision that was. Where there is no such model, a rehearsal on a simulated copy may serve as the statement: run 'holdfast rehearse --output FILE', keep the file, and name it with its hash in an attestation of the policy.",
    what: 'a rehearsal of the next revision in a staging model',
    age: '180d',
    without: nothingPending,
    reasons: { NothingPending: 'Juju names no newer revision, so there is none to rehearse.' },
  },
  ['A'],
);

/** What is not out yet cannot be rehearsed. */
function nothingPending(app: ApplicationView): Judgement | undefined {
  const upgrade = app.get('upgrade');
  if (!isKnown(upgrade)) return notSeen(upgrade, 'a rehearsal of each waiting update');
  if (upgrade.value.to !== '') return undefined;
  return notApplicable('NothingPending', `Juju names no newer revision of ${app.name}`);
}

const automated = defineControl({
  id: 'EBP-UPD-03',
  title: 'Updates are automated',
  severity: 'low',
  section,
  rationale: 'What depends on somebody remembering it is late, and done differently each time.',
  references: [documents.article],
  evidence: ['A'],
  scope: 'application',
  params: z.object({
    age: duration('365d').meta({
      description: 'How long ago it may have been stated by what else updates are made, as in 365d.',
    }),
  }),
  reasons: {
    UpdatesNotAutomated:
      'The policy does not let refreshes be made in a window, and nobody has stated what else does.',
    AttestationExpired: attestationReasons.AttestationExpired,
    AttestationOld: attestationReasons.AttestationOld,
    UpdateNotSeen: 'The charm comes from a file: there is no channel that updates could come from.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Give the upgrade control (ETCD-UPG-01) a maintenance window in the policy and the mode enforce, or state by what else updates are carried out.',
  hazards: ['A refresh restarts every member, one after the other: choose the window for that.'],
  evaluate(app, context) {
    const charm = app.get('charm');
    if (!isKnown(charm)) return notSeen(charm, 'a charm whose channel brings updates');
    if (charm.value.origin === 'local')
      return notApplicable('UpdateNotSeen', `${app.name} runs a charm from a file`);
    const { mode, disruptive, windows } = context.settingsFor(app.target, 'charmed-etcd', 'ETCD-UPG-01');
    const opened = windows.filter(({ kind }) => kind === 'allow').map(({ name }) => name);
    const wanted = 'mode enforce and a window for ETCD-UPG-01, or a statement';
    const seen = {
      source: 'policy: ETCD-UPG-01',
      observedAt: charm.at,
      seen: `mode ${mode}, disruptive ${disruptive}, windows ${opened.join(', ') || 'none'}`,
      wanted,
    };
    const isOpen = disruptive === 'allow' || opened.length > 0;
    if (mode === 'enforce' && isOpen)
      return pass(`the policy lets ${app.name} be refreshed in a window`, seen);
    const message = `the policy lets nobody refresh ${app.name} by itself (${seen.seen}); set mode enforce and a window for ETCD-UPG-01, or state what else does it`;
    const otherwise = fail('UpdatesNotAutomated', message, seen);
    const what = `by what updates of ${app.name} are carried out`;
    return byStatement(context, { what, control: 'EBP-UPD-03', age: context.params.age, otherwise });
  },
});

const rollback = defineControl({
  id: 'EBP-UPD-04',
  title: 'There is a way back from each update',
  severity: 'medium',
  section,
  rationale: 'An update without a way back turns a fault into an outage.',
  references: [documents.article, documents.refresh],
  evidence: ['S', 'N'],
  scope: 'application',
  params: z.object({}),
  reasons: {
    NothingPending: 'Juju names no newer revision, so no update is known to wait for a way back.',
    UpdateNotSeen: 'The charm comes from a file, so that updates are not seen.',
    RollbackNotRecorded: 'An update is waiting, and no way back from it has been recorded.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Run 'juju run -m MODEL ETCD/leader pre-refresh-check' and keep the rollback line that it prints with the revision that runs now; make a backup with 'juju run -m MODEL ETCD/leader create-backup'.",
  hazards: ['Going back to an older minor version of etcd is not supported: only a backup helps then.'],
  evaluate(app) {
    const upgrade = app.get('upgrade');
    if (!isKnown(upgrade)) return notSeen(upgrade, 'a recorded way back from each waiting update');
    const charm = app.get('charm');
    if (isKnown(charm) && charm.value.origin === 'local') {
      return unsettled('UpdateNotSeen', `${app.name} runs a charm from a file: no update of it can be seen`);
    }
    const to = pendingRefresh(app);
    if (to === undefined)
      return notApplicable('NothingPending', `Juju names no newer revision of ${app.name}`);
    const recorded = recordedWayBack(app);
    if (recorded !== undefined) return recorded;
    return manual(
      'RollbackNotRecorded',
      `${app.name} can be refreshed to ${to}, and no way back has been recorded`,
    );
  },
});

/** The way back that the check of the revision in place printed, whoever ran it. */
function recordedWayBack(app: ApplicationView): Judgement | undefined {
  const [charm, operations] = [app.get('charm'), app.model.get('operations')];
  if (!isKnown(charm) || !isKnown(operations)) return undefined;
  const check = newestOf(operations.value, 'pre-refresh-check', app.name);
  if (check?.rollback === undefined || rollbackRevision(check) !== charm.value.revision) return undefined;
  const seen = evidenceOf(operations, check.rollback, 'a way back to the revision in place');
  return pass(`the check before a refresh printed the way back: ${check.rollback}`, seen);
}

const reviewed = attested({
  id: 'EBP-UPD-05',
  title: 'The process of updating is reviewed',
  severity: 'info',
  section,
  rationale: 'Processes rot like software does.',
  references: [documents.article],
  manual:
    'Go through the last updates once a year: what was late, what failed, what was done by hand. State when that was and by whom.',
  what: 'a review of how updates are made',
  age: '365d',
});

export const updates: readonly Control[] = [followed, rehearsed, automated, rollback, reviewed];
