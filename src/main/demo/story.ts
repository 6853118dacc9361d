/** The demonstration in acts: look, put right, break, watch it being put right again. */
import type { Daemon, DaemonEvent } from '../../controller/daemon.js';
import { severities } from '../../core/outcome.js';
import type { Policy } from '../../core/policy/policy.js';
import type { Clock } from '../../core/ports/index.js';
import { targetLabel } from '../../core/target.js';
import type { Simulator } from '../../simulator/index.js';
import { hasEverything, troubledPlaces, type Place } from './first-look.js';
import { isReached } from './goals.js';
import { isLookedInto, tellInside } from './inside.js';
import type { Narrator } from './narrator.js';

export interface Stage {
  readonly simulator: Simulator;
  readonly daemon: Daemon;
  readonly narrator: Narrator;
  readonly clock: Clock;
  /** The policy under which the daemon may put things right. */
  readonly enforcing: Policy;
  /** Everything was seen once: what changes from now on is news. */
  readonly onFirstLook: () => void;
  /** All events so far; grows while the story goes on. */
  readonly events: readonly DaemonEvent[];
  /** A person who approves what waits for one. */
  readonly approve: () => Promise<void>;
  /** Ends the story early. */
  readonly signal: AbortSignal;
}

/** Longest wait for one act, ms. */
const actDeadline = 240_000;

/** Plays all acts; false when one of them did not end as it should. */
export async function play(stage: Stage): Promise<boolean> {
  const acts = [lookAround, putRight, breakSomething];
  for (const act of acts) if (!(await act(stage))) return false;
  return true;
}

async function lookAround(stage: Stage): Promise<boolean> {
  const { narrator, daemon } = stage;
  narrator.chapter('What Holdfast sees');
  narrator.say('reads', 'every model of both controllers, and the ports and files of their units');
  const seen = await until(stage, 'every model is read', () => {
    const report = daemon.report();
    return daemon.readiness().ready && hasEverything(report) && isLookedInto(report);
  });
  const report = daemon.report();
  const counts = severities
    .map((severity) => `${report.summary.bySeverity[severity]} ${severity}`)
    .join(', ');
  narrator.say('found', `${counts}; score ${report.summary.score ?? '-'}`);
  for (const place of troubledPlaces(report)) narrator.say(place.worst.severity, placeText(place));
  tellInside(narrator, report);
  stage.onFirstLook();
  return seen;
}

function placeText({ worst, others }: Place): string {
  const controls = [...new Set(others.map(({ control }) => control))].filter((id) => id !== worst.control);
  const also = controls.length === 0 ? '' : ` (also ${controls.join(', ')})`;
  return `${worst.control} ${targetLabel(worst.target)}: ${worst.message}${also}`;
}

async function putRight(stage: Stage): Promise<boolean> {
  const { narrator, daemon, enforcing } = stage;
  narrator.chapter('Now it may put things right');
  narrator.say('may', 'TLS, monitoring, password storage, log levels, superusers, the audit log');
  narrator.say(
    'order',
    'members before clients (etcd, PostgreSQL 16); ZooKeeper, then Kafka 3 at once, which is blocked in between; one step at a time in each model',
  );
  await daemon.reload(enforcing);
  return until(stage, 'everything enforced is put right', () => isDone(stage));
}

function isDone({ daemon }: Stage): boolean {
  return isReached(daemon.report()) && !daemon.remediations().some(({ state }) => moving.has(state));
}

/** States of a change that is being made or verified, or about to be tried. */
const moving: ReadonlySet<string> = new Set(['Running', 'Verifying', 'WaitingDependency']);

async function breakSomething(stage: Stage): Promise<boolean> {
  const { events, narrator } = stage;
  narrator.chapter('Someone breaks things');
  const before = events.length;
  breakAll(stage);
  const mended = (control: string): boolean =>
    events
      .slice(before)
      .some((event) => event.type === 'resolved' && event.wasDrift && event.finding.control.id === control);
  return until(
    stage,
    'the drift is put right',
    () => ['ETCD-ENC-01', 'PG-ENC-01', 'JUJU-USER-01'].every(mended) && isDone(stage),
  );
}

function breakAll({ simulator, narrator }: Stage): void {
  const { operations } = simulator.controller('prod');
  operations.removeRelation('data', 'etcd-ca:certificates', 'etcd:client-certificates');
  narrator.say('somebody', "removes the relation of etcd's client-certificates");
  operations.removeRelation('postgres', 'ca:certificates', 'pg16:client-certificates');
  narrator.say('somebody', "removes the relation of pg16's client-certificates");
  simulator.controller('edge').operations.grantSuperuser('grace');
  narrator.say('somebody', 'makes grace a superuser of edge');
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
    await stage.approve();
    await clock.sleep(200);
  }
  return true;
}
