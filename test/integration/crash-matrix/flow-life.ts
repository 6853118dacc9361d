/** One life of a daemon on the way of one flow, which says every write that it makes and ends itself at one of them. */
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readEnvironment } from '../../../src/config/environment.js';
import type { Daemon } from '../../../src/controller/daemon.js';
import type { Credentials, Policy } from '../../../src/core/policy/policy.js';
import { endStates, type Remediation, type Store, type Write } from '../../../src/core/ports/index.js';
import type { ReportFinding } from '../../../src/core/report/types.js';
import { instant } from '../../../src/core/time.js';
import { composeDaemon } from '../../../src/main/compose.js';
import { systemClock } from '../../../src/main/system.js';
import { openStore } from '../../../src/store/sqlite/open.js';
import { knowledge } from '../../support/judge.js';
import { silentLog, silentTelemetry } from '../../support/silent.js';
import { flowNamed, type Flow } from './flows.js';
import { labelOf } from './write-label.js';

/** What a life is told. */
export interface FlowSettings {
  readonly policy: Policy;
  readonly stateDir: string;
  readonly juju: string;
  readonly flow: string;
  /** Where it ends; none: it lives until all is done. */
  readonly cut?: Cut;
}

/** One side of one write: the n-th of its label in this life. */
export interface Cut {
  readonly side: 'before' | 'after';
  readonly label: string;
  readonly nth: number;
}

export async function liveFlow(settings: FlowSettings): Promise<void> {
  const { stateDir, juju } = settings;
  const policy = withKeptPasswords(settings.policy);
  const flow = flowNamed(settings.flow);
  const store = await openStore(join(stateDir, 'journal.sqlite'), {
    clock: systemClock,
    retention: policy.retention,
  });
  const daemon = await composeDaemon({
    policy,
    guides: flow.guides,
    knowledge,
    environment: { ...readEnvironment({}), juju3: juju, juju4: juju, stateDir },
    log: silentLog,
    telemetry: silentTelemetry,
    toolVersion: '0.0.0',
    store: cutting(store, settings.cut),
    mayProbe: () => false,
  });
  const approved = new Set<string>();
  while (!(await isOver(daemon, store, flow))) {
    await approve(store, approved);
    await systemClock.sleep(100);
  }
  end('over');
}

/** As the daemon's own start reads them: a change may have put another one into the file. */
function withKeptPasswords(policy: Policy): Policy {
  const kept = (identity: Credentials): Credentials =>
    identity.file === undefined
      ? identity
      : { ...identity, ...(parse(readFileSync(identity.file, 'utf8')) as { password: string }) };
  const controllers = policy.controllers.map(({ observer, remediator, ...access }) => ({
    ...access,
    observer: kept(observer),
    ...(remediator === undefined ? {} : { remediator: kept(remediator) }),
  }));
  return { ...policy, controllers };
}

/** A person says yes to all that waits for that. */
async function approve(store: Store, approved: Set<string>): Promise<void> {
  for (const { state, planHash } of await store.remediations(0)) {
    if (state !== 'WaitingApproval' || approved.has(planHash)) continue;
    approved.add(planHash);
    const now = Date.now();
    const times = { at: instant(now), expiresAt: instant(now + 3_600_000) };
    const approval = {
      id: `a-${planHash.slice(0, 8)}-${now}`,
      planHash,
      decision: 'approve',
      by: 'ann',
    } as const;
    await store.write({ type: 'approval', approval: { ...approval, ...times } });
  }
}

/** A person has to look, or what it is about is as it should be and nothing is under way. */
async function isOver(daemon: Daemon, store: Store, flow: Flow): Promise<boolean> {
  const all = await store.remediations(1000);
  if (all.some(isWithPerson)) return true;
  if (all.length === 0 || !all.every(({ state }) => endStates.has(state))) return false;
  const about = daemon
    .report()
    .findings.filter(
      ({ control, target }) => control === flow.control && target.application === flow.application,
    );
  return about.length > 0 && about.every(isContent);
}

/** That nothing is offered is all that can be known after a refresh. */
function isContent({ outcome, reason }: ReportFinding): boolean {
  return outcome === 'pass' || outcome === 'manual' || reason === 'NothingOffered';
}

function isWithPerson({ state }: Remediation): boolean {
  return state === 'NeedsReview' || state === 'Quarantined' || state === 'RolledBack';
}

function cutting(store: Store, cut: Cut | undefined): Store {
  const seen = new Map<string, number>();
  const isAt = (side: Cut['side'], label: string): boolean =>
    cut?.label === label && cut.side === side && cut.nth === seen.get(label);
  return Object.create(store, {
    write: {
      value: async (...writes: readonly Write[]): Promise<void> => {
        const label = labelOf(writes);
        seen.set(label, (seen.get(label) ?? 0) + 1);
        if (isAt('before', label)) await endSoon();
        await store.write(...writes);
        writeSync(1, `${label}\n`);
        if (isAt('after', label)) end('killed');
      },
    },
  }) as Store;
}

/** Writing takes a moment, in which a process that was just started gets on. */
async function endSoon(): Promise<void> {
  await systemClock.sleep(50);
  end('killed');
}

function end(how: string): void {
  writeSync(1, `${how}\n`);
  process.kill(process.pid, 'SIGKILL');
}
