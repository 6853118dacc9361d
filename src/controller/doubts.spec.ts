import { describe, expect, it } from '@jest/globals';
import { knowledge } from '../../test/support/judge.js';
import { toyGuide } from '../../test/support/toy-guide.js';
import { application, controller, estate, model, unit } from '../../test/support/world.js';
import { evaluate } from '../core/evaluate/index.js';
import { plan, type ProposedStep } from '../core/plan.js';
import { observeOnly, type Policy } from '../core/policy/policy.js';
import { Doubts } from './doubts.js';
import type { Look, Pending } from './pending.js';
import { SettleWatch } from './settle.js';
import { workOf } from './work.js';

const policy: Policy = { ...observeOnly, defaults: { ...observeOnly.defaults, mode: 'propose' } };
const key = 'prod:data';

/** The place a minute after the change, with db exposed or not and its unit in the given workload state. */
function lookAt(exposed: boolean, workload: string): Look & { readonly steps: readonly ProposedStep[] } {
  const apps = ['db', 'web'].map((name) => [
    name,
    application({
      exposure: { exposed },
      units: { [`${name}/0`]: unit(`${name}/0`, { workload: name === 'db' ? workload : 'active' }) },
    }),
  ]);
  const made = model({
    applications: Object.fromEntries(apps) as Record<string, ReturnType<typeof application>>,
  });
  const snapshot = estate({ controllers: { prod: controller({ models: { data: made } }) } });
  const findings = evaluate([toyGuide], snapshot, { policy, knowledge }, 0);
  const prod = snapshot.controllers['prod'];
  const data = prod?.models['data'];
  if (prod === undefined || data === undefined) throw new Error('no place to look at');
  const world = { controller: prod, model: data };
  const steps = plan(findings, 0)[0]?.steps ?? [];
  const times = { settle: new SettleWatch(), now: 60_000, quiet: 10_000 };
  return { key, world, findings, effectOf: () => undefined, steps, ...times };
}

function inDoubt(): { readonly doubts: Doubts; readonly db: ProposedStep; readonly web: ProposedStep } {
  const { steps } = lookAt(true, 'active');
  const [db, web] = steps;
  const [proposal] = plan([...(db?.findings ?? [])], 0);
  if (db === undefined || web === undefined || proposal === undefined) throw new Error('nothing to do');
  const times = { begun: 0, since: 0, notBefore: 0, patience: 0 };
  const pending: Pending = { ...workOf(db, proposal.plan), n: 1, ...times, ours: true, troubled: { db: 0 } };
  const doubts = new Doubts();
  doubts.add(key, pending);
  return { doubts, db, web };
}

describe('changes in doubt', () => {
  it('hold back what touches the same application, and nothing else', () => {
    const { doubts, db, web } = inDoubt();
    expect(doubts.hold(key, db.action)?.reason).toBe('EarlierStepInReview');
    expect([doubts.hold(key, web.action), doubts.hold('prod:other', db.action)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each<[string, boolean, string, boolean]>([
    ['stay in doubt while the application is worse than before', false, 'blocked', true],
    ['stay in doubt while the same is asked for again', true, 'active', true],
    ['are believed once they hold and all is well', false, 'active', false],
  ])('%s', (_, exposed, workload, held) => {
    const { doubts, db } = inDoubt();
    doubts.reconsider(lookAt(exposed, workload));
    expect([doubts.concern(key, db.action), doubts.hold(key, db.action) !== undefined]).toEqual([held, held]);
  });
});
