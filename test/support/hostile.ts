/** An estate whose every text was written by somebody who means harm, or knows no measure. */
import type {
  AuditEntry,
  DaemonView,
  Journal,
  Pause,
  Quarantine,
  Remediation,
} from '../../src/core/ports/index.js';
import type { Plan } from '../../src/core/plan.js';
import type { Report, ReportFinding } from '../../src/core/report/types.js';
import { memoryJournal, newMemory } from '../../src/store/memory.js';
import {
  entryNamed,
  hashNamed,
  pauseNamed,
  planNamed,
  quarantineNamed,
  remediationNamed,
} from './journal-samples.js';
import { nasty } from './hostile-texts.js';
import { sampleReport, sampleView } from './report-samples.js';

export const hostileName = `evil'"<b>&amp;\u202e${'n'.repeat(200)}`;

/** Eighty findings on one application. */
const findings: readonly ReportFinding[] = Array.from({ length: 80 }, (_, n) => ({
  id: hashNamed(`hostile ${n}`),
  control: `EVIL-${n}-${nasty(n).slice(0, 80)}`,
  guide: nasty(n % 3).slice(0, 60),
  title: nasty(n),
  severity: (['critical', 'high', 'medium', 'low', 'info'] as const)[n % 5] ?? 'low',
  outcome: (['fail', 'fail', 'inconsistent', 'unknown', 'manual', 'pass'] as const)[n % 6] ?? 'fail',
  reason: nasty(n).slice(0, 200),
  message: nasty(n),
  fixableBy: 'charm',
  upstream: nasty(n),
  target: { kind: 'application', controller: 'prod', model: hostileName, application: hostileName },
  evidence: [
    {
      source: nasty(n),
      observedAt: '2026-11-22T03:26:48Z',
      seen: nasty(n + 1),
      wanted: nasty(n + 2),
      unit: nasty(n + 3),
    },
  ],
  drift: {
    lastGood: '2026-11-22T03:00:00Z',
    firstBad: '2026-11-22T03:26:48Z',
    who: nasty(n + 4),
    operations: [],
  },
  ...(n % 7 === 0
    ? {
        waiver: {
          id: nasty(n),
          kind: 'waived',
          owner: nasty(n),
          reason: nasty(n),
          expiresAt: '2027-01-01T00:00:00Z',
          state: 'active',
        } as const,
      }
    : {}),
  remediation: {
    kind: 'manual',
    actions: [{ argv: ['juju', nasty(n), nasty(n + 1)], effect: nasty(n), inverse: [['juju', nasty(n)]] }],
    procedure: nasty(n + 5),
  },
}));

const base = sampleReport(findings);
export const hostileReport: Report = {
  ...base,
  source: { ...base.source, name: hostileName },
  waivers: [
    {
      ...{
        id: nasty(1),
        kind: 'waived',
        owner: nasty(2),
        reason: nasty(3),
        expiresAt: '2027-01-01T00:00:00Z',
      },
      ...{ state: 'active', match: { control: nasty(4) }, message: nasty(5), matched: 1, covers: 1 },
    },
  ],
};

const plain = planNamed('hostile');
export const hostilePlan: Plan = {
  ...plain,
  target: { kind: 'model', controller: 'prod', model: hostileName },
  actions: plain.actions.map((action, n) => ({
    ...action,
    argv: ['juju', 'config', hostileName, nasty(n)],
    effect: nasty(n + 1),
    cutsOff: [nasty(n + 2)],
    controls: [nasty(n + 3)],
  })),
};

export const hostileRemediation: Remediation = remediationNamed('hostile', {
  planHash: hostilePlan.hash,
  target: hostilePlan.target,
  state: 'WaitingApproval',
  argv: ['juju', nasty(1)],
  reason: nasty(2),
  message: nasty(3),
});

export const hostileQuarantine: Quarantine = quarantineNamed('q-hostile', {
  control: nasty(1),
  target: { ...hostilePlan.target, application: hostileName },
  reason: nasty(2),
  message: nasty(3),
});
export const hostilePause: Pause = pauseNamed('p-hostile', {
  by: nasty(1),
  controller: hostileName,
  model: hostileName,
  reason: nasty(2),
});
export const hostileEntry: AuditEntry = entryNamed(nasty(1), {
  actor: nasty(2),
  why: nasty(3),
  body: { argv: ['juju', nasty(4)], [nasty(5)]: nasty(6) },
});

export function hostileView(): DaemonView {
  return sampleView({
    report: () => hostileReport,
    plans: () => [hostilePlan],
    remediations: () => [hostileRemediation],
    readiness: () => ({ ready: false, reasons: [nasty(1), nasty(2)] }),
    rails: () => [
      {
        actionId: hostilePlan.actions[0]?.id ?? '',
        verdicts: [
          { rail: 'mode', note: nasty(1) },
          {
            rail: 'approval',
            note: nasty(2),
            hold: { state: 'WaitingApproval', reason: nasty(3), message: nasty(4) },
          },
        ],
      },
    ],
  });
}

/** A journal in memory in which nothing else stands. */
export async function hostileJournal(): Promise<Journal> {
  const journal = memoryJournal(newMemory());
  await journal.write(
    { type: 'plan', plan: hostilePlan },
    { type: 'remediation', remediation: hostileRemediation },
    { type: 'quarantine', quarantine: hostileQuarantine },
    { type: 'pause', pause: hostilePause },
    { type: 'audit', entry: hostileEntry },
  );
  return journal;
}
