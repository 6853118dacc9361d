import { isKnown, known, type Fact, type Reading } from '../../core/fact.js';
import type { Clock } from '../../core/ports/index.js';
import type { Operation } from '../../core/snapshot.js';
import type { ApiCall } from '../api/link.js';
import { branch, defined, text, type Branch } from '../status/json.js';
import {
  actionName,
  answersWanted,
  newest,
  refreshSteps,
  stepAnswer,
  type ListedOperation,
  type StepAnswer,
} from '../status/operations.js';
import { afterTag, refused, timeIn } from './answer.js';
import { applicationOfUnit } from './names.js';
import type { Asked } from './shared.js';
import { ask } from './slot.js';

/**
 * Juju lists the lexically first numbers, never the newest (Juju facts 9.27): so all pages are read, within bounds,
 * and the steps of a refresh are asked for by name where there is more.
 */
const pageSize = 200;
const mostPages = 5;

/** What was run on the units of a model lately. @throws what may be gone at the next try */
export async function askOperations(link: Asked, clock: Clock): Promise<Fact<readonly Operation[]>> {
  const pages = await askPages(link, clock);
  if (!isKnown(pages)) return pages;
  const found = newest(pages.value.operations);
  const answers = await askAnswers(link, clock, answersWanted(found));
  const operations = found.map(({ operation }) => ({ ...operation, ...answers.get(operation.id) }));
  return { ...pages, value: operations };
}

interface Page {
  readonly operations: readonly ListedOperation[];
  readonly truncated: boolean;
}

async function askPages(link: Asked, clock: Clock): Promise<Fact<Page>> {
  const first = await askPage(link, clock, { offset: 0, limit: pageSize });
  if (!isKnown(first)) return first;
  const byId = new Map(first.value.operations.map((each) => [each.operation.id, each]));
  let { truncated } = first.value;
  for (let page = 1; truncated && page <= mostPages; page += 1) {
    const query = { offset: page * pageSize, limit: pageSize };
    const next = await askPage(link, clock, page < mostPages ? query : { ...query, ...stepsOnly });
    const before = byId.size;
    for (const each of isKnown(next) ? next.value.operations : []) byId.set(each.operation.id, each);
    truncated = isKnown(next) && next.value.truncated && byId.size > before;
  }
  return { ...first, value: { operations: [...byId.values()], truncated } };
}

const stepsOnly = { offset: 0, actions: refreshSteps };

function askPage(link: Asked, clock: Clock, params: Branch): Promise<Fact<Page>> {
  const call: ApiCall = { facade: 'Action', request: 'ListOperations', params };
  const refuse = (reading: Reading, error: unknown): Fact<Page> => refused(reading, error, 'model read');
  return ask<Fact<Page>>({ link, call, read: readPage, refuse }, clock);
}

function readPage(reading: Reading, answer: unknown): Fact<Page> {
  const { results, truncated } = branch(answer);
  const operations: ListedOperation[] = [];
  for (const item of Array.isArray(results) ? (results as unknown[]) : []) {
    const listed = listedOf(branch(item));
    if (listed !== undefined) operations.push(listed);
  }
  return known(reading, { operations, truncated: truncated === true });
}

function listedOf(raw: Branch): ListedOperation | undefined {
  const id = afterTag(raw['operation'], 'operation');
  const enqueued = timeIn(raw['enqueued']);
  if (!/^\d{1,18}$/.test(id) || enqueued === undefined) return undefined;
  const all = Array.isArray(raw['actions']) ? (raw['actions'] as unknown[]).map(branch) : [];
  const tasks = all.map(({ action }) => branch(action));
  const operation = defined<Operation>({
    id,
    action: actionName(text(tasks[0]?.['name'])),
    units: tasks.map(({ receiver }) => unitOf(receiver)).filter((unit) => unit !== ''),
    status: text(raw['status']),
    enqueued,
    started: timeIn(raw['started']) ?? timeIn(all[0]?.['started']),
    completed: timeIn(raw['completed']),
    message: undefined,
    rollback: undefined,
  });
  return { operation, tasks: tasks.map(({ tag }) => afterTag(tag, 'action')).filter((tag) => tag !== '') };
}

/** A unit's name; empty for machines and for what is no name. */
function unitOf(tag: unknown): string {
  const name = afterTag(tag, 'unit').replace(/-(\d+)$/, '/$1');
  return applicationOfUnit(name) === undefined ? '' : name;
}

/** What the steps answered, by operation; less where it cannot be read. */
async function askAnswers(
  link: Asked,
  clock: Clock,
  wanted: readonly ListedOperation[],
): Promise<ReadonlyMap<string, StepAnswer>> {
  if (wanted.length === 0) return new Map();
  const entities = wanted.map(({ tasks: [task = ''] }) => ({ tag: `action-${task}` }));
  const call: ApiCall = { facade: 'Action', request: 'Actions', params: { entities } };
  const nothing = (): readonly Branch[] => [];
  const tasks = await ask({ link, call, read: (_, answer) => resultsIn(answer), refuse: nothing }, clock);
  return new Map(
    wanted.map(({ operation }, index) => {
      const { message, output } = tasks[index] ?? branch(undefined);
      return [operation.id, stepAnswer(operation, message, output)];
    }),
  );
}

function resultsIn(answer: unknown): readonly Branch[] {
  const { results } = branch(answer);
  return Array.isArray(results) ? (results as unknown[]).map(branch) : [];
}
