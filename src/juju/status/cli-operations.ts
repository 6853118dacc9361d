import { isKnown, known, type Fact, type Known, type Reading } from '../../core/fact.js';
import type { Operation } from '../../core/snapshot.js';
import { applicationOfUnit } from '../observe/names.js';
import { jsonFact, jsonIn, type Ask } from './ask.js';
import { branch, defined, text, type Branch } from './json.js';
import {
  actionName,
  answersWanted,
  newest,
  stepAnswer,
  type ListedOperation,
  type StepAnswer,
} from './operations.js';
import { instantOf } from './time.js';

/** Juju lists the lexically first numbers, never the newest (Juju facts 9.27): far more are asked for than are kept. */
const limit = '2000';

/** What was run on the units of a model lately, by `juju operations`. */
export async function askCliOperations(ask: Ask, target: string): Promise<Fact<readonly Operation[]>> {
  const place = ['-m', target, '--format', 'json'];
  const answer = await ask('operations', ...place, '--utc', '--limit', limit);
  const listed = jsonFact(answer, 'model read', readOperations);
  if (!isKnown(listed)) return listed;
  const asked = answersWanted(listed.value).map(async ({ operation, tasks: [task] }) => {
    const { result } = await ask('show-task', task ?? '0', ...place, '--utc');
    const { message, results } = branch(result.outcome === 'done' ? jsonIn(result.stdout) : undefined);
    return [operation.id, stepAnswer(operation, message, results)] as const;
  });
  const answers: ReadonlyMap<string, StepAnswer> = new Map(await Promise.all(asked));
  const operations = listed.value.map(({ operation }) => ({ ...operation, ...answers.get(operation.id) }));
  return { ...listed, value: operations };
}

function readOperations(reading: Reading, value: unknown): Known<readonly ListedOperation[]> {
  const raw = branch(value);
  const listed = Object.keys(raw).flatMap((id) => listedOf(id, branch(raw[id])));
  return known(reading, newest(listed));
}

function listedOf(id: string, raw: Branch): readonly ListedOperation[] {
  const timing = branch(raw['timing']);
  const enqueued = instantOf(text(timing['enqueued']));
  if (!/^\d{1,18}$/.test(id) || enqueued === undefined) return [];
  const tasks = branch(raw['tasks']);
  const numbers = Object.keys(tasks);
  const hosts = numbers.map((number) => text(branch(tasks[number])['host']));
  const first = branch(branch(tasks[numbers[0] ?? ''])['timing']);
  const operation = defined<Operation>({
    id,
    action: actionName(text(branch(raw['action'])['name'])),
    units: hosts.filter((host) => applicationOfUnit(host) !== undefined),
    status: text(raw['status']),
    enqueued,
    started: instantOf(text(timing['started'])) ?? instantOf(text(first['started'])),
    completed: instantOf(text(timing['completed'])),
    message: undefined,
    rollback: undefined,
  });
  return [{ operation, tasks: numbers }];
}
