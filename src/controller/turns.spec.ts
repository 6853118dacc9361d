import { expect, it } from '@jest/globals';
import { access } from '../../test/support/daemon-bench.js';
import { knowledge } from '../../test/support/judge.js';
import { scriptedController } from '../../test/support/scripted-controller.js';
import { silentLog, silentTelemetry } from '../../test/support/silent.js';
import { toyGuide } from '../../test/support/toy-guide.js';
import { application, controller, estate, model } from '../../test/support/world.js';
import { observeOnly, type Policy } from '../core/policy/policy.js';
import type { CliResult, JujuCli } from '../core/ports/index.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { memoryStore } from '../store/memory.js';
import { startDaemon } from './daemon.js';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const policy: Policy = {
  ...observeOnly,
  controllers: [access],
  defaults: { ...observeOnly.defaults, mode: 'enforce', disruptive: 'allow' },
};

/** Six models with something to put right in each, on a controller whose calls hang until they are let go. */
async function hanging() {
  const clock = virtualClock(Date.UTC(2026, 10, 22, 6));
  const exposed = model({ applications: { db: application({ exposure: { exposed: true } }) } });
  const models = Object.fromEntries(names.map((name) => [name, exposed]));
  const api = scriptedController(estate({ controllers: { prod: controller({ users: [], models }) } }));
  const calls: (() => void)[] = [];
  const run = (argv: readonly string[]): Promise<CliResult> =>
    new Promise((resolve) => {
      const said = { stdout: '', stderr: '', timedOut: false, durationMs: 1, summary: 'done' };
      calls.push(() => {
        resolve({ outcome: 'done', argv, ...said });
      });
    });
  const cli: JujuCli = { controller: 'prod', run };
  await startDaemon({
    ...{ policy, guides: [toyGuide], knowledge, follow: () => api, enforce: () => cli, clock },
    ...{ store: memoryStore(), log: silentLog, telemetry: silentTelemetry, toolVersion: '0.0.0' },
    prober: { probe: () => Promise.reject(new Error('nothing is probed here')) },
    random: { next: () => 0.5 },
  });
  return { clock, calls };
}

it('four calls at most are under way on one controller, and the next ones when those have ended', async () => {
  const { clock, calls } = await hanging();
  await clock.advance(60_000);
  expect(calls).toHaveLength(4);
  for (const end of calls) end();
  await clock.advance(60_000);
  expect(calls).toHaveLength(names.length);
});
