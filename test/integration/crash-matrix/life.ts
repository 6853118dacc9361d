import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from '../../../src/config/environment.js';
import type { Action } from '../../../src/core/action/action.js';
import type { Policy } from '../../../src/core/policy/policy.js';
import { endStates, type Remediation, type Store, type Write } from '../../../src/core/ports/index.js';
import { composeDaemon } from '../../../src/main/compose.js';
import { systemClock } from '../../../src/main/system.js';
import { openStore } from '../../../src/store/sqlite/open.js';
import { knowledge } from '../../support/judge.js';
import { silentLog, silentTelemetry } from '../../support/silent.js';
import { crashGuide } from './guide.js';
import { kinds, type Kind } from './kinds.js';

/** What a life of the daemon is told. */
export interface Settings {
  readonly policy: Policy;
  readonly stateDir: string;
  readonly juju: string;
  readonly kinds: readonly string[];
  /** Where it ends, as `after exited`. */
  readonly target: string;
  /** And on the way of which kind; none: it lives until all is done. */
  readonly victim?: string;
}

/** Runs until it ends itself, or is ended. */
export async function live(settings: Settings): Promise<void> {
  const { policy, stateDir, juju } = settings;
  const wanted = kinds.filter(({ name }) => settings.kinds.includes(name));
  const store = await openStore(join(stateDir, 'journal.sqlite'), {
    clock: systemClock,
    retention: policy.retention,
  });
  await composeDaemon({
    policy,
    guides: [crashGuide(wanted)],
    knowledge,
    environment: { ...readEnvironment({}), juju3: juju, juju4: juju, stateDir },
    log: silentLog,
    telemetry: silentTelemetry,
    toolVersion: '0.0.0',
    store: killing(store, settings),
    mayProbe: () => false,
  });
  while (!(await isDone(store, wanted))) await systemClock.sleep(200);
  process.kill(process.pid, 'SIGKILL');
}

/** Every kind has come to its end, or waits for a person. */
async function isDone(store: Store, wanted: readonly Kind[]): Promise<boolean> {
  const all = await store.remediations(1000);
  const isOver = all.every(({ state }) => endStates.has(state) || state === 'NeedsReview');
  return isOver && wanted.every(({ action }) => all.some((one) => isOf(action, one)));
}

function isOf(action: Action, { action: { args }, state }: Remediation): boolean {
  return state !== 'Outdated' && JSON.stringify(args) === JSON.stringify(action);
}

function killing(store: Store, { target, victim }: Settings): Store {
  const endAt = (side: string, { kind, phase }: Point): void => {
    if (`${side} ${phase}` === target && kind === victim) end(kind);
  };
  return Object.create(store, {
    write: {
      value: async (...writes: readonly Write[]): Promise<void> => {
        const point = pointOf(writes);
        if (point !== undefined) endAt('before', point);
        await store.write(...writes);
        if (point !== undefined) endAt('after', point);
      },
    },
  }) as Store;
}

interface Point {
  readonly kind: string;
  readonly phase: string;
}

/** At what of which kind; undefined for what is not about a remediation. */
function pointOf(writes: readonly Write[]): Point | undefined {
  for (const write of [...writes].reverse()) {
    if (write.type === 'step') return { kind: kindOf(write.step.remediation), phase: write.step.state };
    if (write.type === 'remediation')
      return { kind: kindOf(write.remediation.id), phase: write.remediation.state };
  }
  return undefined;
}

/** Remediations are named by their place and their action. */
function kindOf(remediation: string): string {
  const [place = '', action = ''] = remediation.split('|');
  const named = place.split(':')[1];
  if (named !== undefined && kinds.some(({ name }) => name === named)) return named;
  return action.replace(/-[0-9a-f]{8}$/, '');
}

function end(kind: string): void {
  writeSync(1, `${kind}\n`);
  process.kill(process.pid, 'SIGKILL');
}
