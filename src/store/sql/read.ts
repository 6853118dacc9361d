/** What the journal is asked. */
import type { Decision, Mark, Orders, Pause, Quarantine, Remediation, Step } from '../../core/ports/index.js';
import type { Instant } from '../../core/fact.js';
import type { Plan } from '../../core/plan.js';
import { millis } from '../../core/time.js';
import type { Db } from './engine.js';
import { readJson } from './json.js';

export async function readRemediations(db: Db, ended: number): Promise<readonly Remediation[]> {
  const newest = db
    .selectFrom('remediation')
    .select('id')
    .where('ended', '=', 1)
    .orderBy('updated_ms', 'desc')
    .orderBy('n', 'desc')
    .limit(ended);
  const rows = await db
    .selectFrom('remediation')
    .select('body')
    .where((row) => row.or([row('ended', '=', 0), row('id', 'in', newest)]))
    .orderBy('n')
    .execute();
  return rows.map(({ body }) => readJson(body, 'a remediation') as Remediation);
}

export async function readSteps(db: Db, remediation: string): Promise<readonly Step[]> {
  const rows = await db
    .selectFrom('step')
    .select('body')
    .where('remediation', '=', remediation)
    .orderBy('n')
    .execute();
  return rows.map(({ body }) => readJson(body, 'a step') as Step);
}

export async function readPlan(db: Db, hash: string): Promise<Plan | undefined> {
  const row = await db.selectFrom('plan').select('body').where('hash', '=', hash).executeTakeFirst();
  return row === undefined ? undefined : (readJson(row.body, 'a plan') as Plan);
}

export async function readPlans(db: Db, prefix: string): Promise<readonly Plan[]> {
  if (!/^[\da-f]*$/.test(prefix)) return [];
  const rows = await db
    .selectFrom('plan')
    .select('body')
    .where('hash', 'like', `${prefix}%`)
    .orderBy('hash')
    .execute();
  return rows.map(({ body }) => readJson(body, 'a plan') as Plan);
}

export async function readMarks(db: Db, since: Instant): Promise<readonly Mark[]> {
  const rows = await db
    .selectFrom('mark')
    .select('body')
    .where('at_ms', '>=', millis(since))
    .orderBy('at_ms')
    .orderBy('n')
    .execute();
  return rows.map(({ body }) => readJson(body, 'a mark') as Mark);
}

export async function readOrders(db: Db): Promise<Orders> {
  return {
    decisions: await readDecisions(db),
    quarantines: await readQuarantines(db),
    pauses: await readPauses(db),
  };
}

async function readDecisions(db: Db): Promise<readonly Decision[]> {
  const rows = await db
    .selectFrom('approval')
    .select(['body', 'plan'])
    .orderBy('at_ms')
    .orderBy('plan_hash')
    .execute();
  return rows.map(({ body, plan }) => ({
    ...(readJson(body, 'a decision') as Decision),
    plan: readJson(plan, 'the plan of a decision') as Plan,
  }));
}

async function readQuarantines(db: Db): Promise<readonly Quarantine[]> {
  const rows = await db.selectFrom('quarantine').select('body').orderBy('since_ms').orderBy('id').execute();
  return rows.map(({ body }) => readJson(body, 'a quarantine') as Quarantine);
}

async function readPauses(db: Db): Promise<readonly Pause[]> {
  const rows = await db.selectFrom('pause').select('body').orderBy('at_ms').orderBy('id').execute();
  return rows.map(({ body }) => readJson(body, 'a pause') as Pause);
}
