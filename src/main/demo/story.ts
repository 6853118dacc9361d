/** The demonstration in acts: look, put right, break, watch it being put right again. */
import type { Daemon, DaemonEvent } from '../../controller/daemon.js';
import { severities } from '../../core/outcome.js';
import type { Policy } from '../../core/policy/policy.js';
import type { Clock } from '../../core/ports/index.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import { targetLabel } from '../../core/target.js';
import type { Simulator } from '../../simulator/index.js';
import type { Narrator } from './narrator.js';

export interface Stage {
  readonly simulator: Simulator;
  readonly daemon: Daemon;
  readonly narrator: Narrator;
  readonly clock: Clock;
  /** The policy under which the daemon may put things right. */
  readonly enforcing: Policy;
  /** All events so far; grows while the story goes on. */
  readonly events: readonly DaemonEvent[];
  /** Ends the story early. */
  readonly signal: AbortSignal;
}

/** Longest wait for one act, ms. */
const actDeadline = 240_000;
const etcdEncryption: ReadonlySet<string> = new Set(['ETCD-ENC-01', 'ETCD-ENC-02', 'ETCD-ENC-03']);

/** Plays all acts; false when one of them did not end as it should. */
export async function play(stage: Stage): Promise<boolean> {
  const acts = [lookAround, putRight, breakSomething];
  for (const act of acts) if (!(await act(stage))) return false;
  return true;
}

async function lookAround(stage: Stage): Promise<boolean> {
  const { narrator, daemon } = stage;
  narrator.chapter('What Holdfast sees');
  const seen = await until(
    stage,
    'every model is read',
    () => daemon.readiness().ready && hasEverything(daemon.report()),
  );
  const report = daemon.report();
  const counts = severities
    .map((severity) => `${report.summary.bySeverity[severity]} ${severity}`)
    .join(', ');
  narrator.say('found', `${counts}; score ${report.summary.score ?? '-'}`);
  for (const finding of worst(report))
    narrator.say(finding.severity, `${finding.control} ${targetLabel(finding.target)}: ${finding.message}`);
  return seen;
}

/** The slower facts have come in, and the units were probed. */
function hasEverything(report: Report): boolean {
  const users = report.findings.filter((finding) => finding.control === 'JUJU-USER-01');
  const probed = report.findings.filter((finding) => finding.control === 'ETCD-ENC-03');
  return (
    users.length > 1 &&
    probed.length > 1 &&
    [...users, ...probed].every((finding) => finding.outcome !== 'unknown')
  );
}

function worst(report: Report): readonly ReportFinding[] {
  return report.findings.filter(
    (finding) =>
      (finding.outcome === 'fail' || finding.outcome === 'inconsistent') &&
      (finding.severity === 'critical' || finding.severity === 'high'),
  );
}

async function putRight(stage: Stage): Promise<boolean> {
  stage.narrator.chapter('Now it may put things right: encryption, monitoring, superusers, the audit log');
  await stage.daemon.reload(stage.enforcing);
  return until(stage, 'everything enforced is put right', () => isEncrypted(stage) && atRest(stage));
}

function isEncrypted({ daemon }: Stage): boolean {
  const findings = daemon
    .report()
    .findings.filter((finding) => etcdEncryption.has(finding.control) && finding.target.model === 'data');
  return findings.length === etcdEncryption.size && findings.every((finding) => finding.outcome === 'pass');
}

/** No change is being made or verified, and none is about to be retried. */
function atRest({ daemon }: Stage): boolean {
  const moving = new Set(['Running', 'Verifying', 'WaitingDependency']);
  return !daemon.remediations().some((remediation) => moving.has(remediation.state));
}

async function breakSomething(stage: Stage): Promise<boolean> {
  const { simulator, narrator, events } = stage;
  narrator.chapter('Someone breaks things');
  const before = events.length;
  simulator
    .controller('prod')
    .operations.removeRelation('data', 'etcd-ca:certificates', 'etcd:client-certificates');
  narrator.say('somebody', "removes the relation of etcd's client-certificates");
  simulator.controller('edge').operations.grantSuperuser('frank');
  narrator.say('somebody', 'makes frank a superuser of edge');
  const mended = (control: string): boolean =>
    events
      .slice(before)
      .some((event) => event.type === 'resolved' && event.wasDrift && event.finding.control.id === control);
  const done = await until(
    stage,
    'the drift is put right',
    () => mended('ETCD-ENC-01') && mended('JUJU-USER-01') && isEncrypted(stage) && atRest(stage),
  );
  return done;
}

async function until(stage: Stage, what: string, holds: () => boolean): Promise<boolean> {
  const { clock, narrator, signal } = stage;
  const deadline = clock.now() + actDeadline;
  while (!holds()) {
    if (signal.aborted) return false;
    if (clock.now() > deadline) {
      narrator.say('gave up', `waited ${actDeadline / 1000} s until ${what}`);
      return false;
    }
    await clock.sleep(200);
  }
  return true;
}
