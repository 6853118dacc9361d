/** What stands in for `@jest/globals`: spec files are loaded once, and each of their tests can be run again and again. */
import { createRequire } from 'node:module';

type Body = (...row: readonly unknown[]) => unknown;
type Hook = () => unknown;

interface Group {
  readonly parent: Group | undefined;
  readonly name: string;
  readonly hooks: Readonly<Record<'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll', Hook[]>>;
}

export interface Test {
  readonly spec: string;
  readonly name: string;
  readonly group: Group;
  readonly body: Hook;
}

/** Milliseconds for one test, several times what those need that are not left out. */
const patience = 5000;

let group = newGroup(undefined, '');
let spec = '';
let tests: Test[] = [];

/** The tests of a spec file that is loaded by `load`. */
export async function collect(file: string, load: () => Promise<unknown>): Promise<readonly Test[]> {
  group = newGroup(undefined, '');
  spec = file;
  tests = [];
  await load();
  return tests;
}

/** @throws whatever the test throws, or its being too slow */
export async function runTest(test: Test): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('too slow'));
    }, patience);
  });
  try {
    await Promise.race([inGroups(test), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function inGroups({ group: inner, body }: Test): Promise<void> {
  const groups = lineage(inner);
  try {
    for (const { hooks } of groups) for (const hook of hooks.beforeAll) await hook();
    for (const { hooks } of groups) for (const hook of hooks.beforeEach) await hook();
    await body();
  } finally {
    for (const { hooks } of groups.toReversed()) for (const hook of hooks.afterEach) await hook();
    for (const { hooks } of groups.toReversed()) for (const hook of hooks.afterAll) await hook();
  }
}

function lineage(inner: Group): readonly Group[] {
  return inner.parent === undefined ? [inner] : [...lineage(inner.parent), inner];
}

function newGroup(parent: Group | undefined, name: string): Group {
  return { parent, name, hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] } };
}

function declareTest(name: unknown, body: Hook): void {
  tests.push({ spec, name: [...lineage(group).map((one) => one.name), name].join(' ').trim(), group, body });
}

function declareGroup(name: unknown, body: Hook): void {
  const outer = group;
  group = newGroup(outer, String(name));
  body();
  group = outer;
}

/** A row's name has its values in `%s` only: enough to find the test by. */
function each(declare: (name: unknown, body: Hook) => void) {
  return (table: readonly unknown[]) =>
    (name: string, body: Body): void => {
      for (const row of table) {
        const cells: readonly unknown[] = Array.isArray(row) ? row : [row];
        declare(name.replace(/%[sp]/, String(cells[0])), () => body(...cells));
      }
    };
}

const asJest = createRequire(createRequire(import.meta.url).resolve('jest'));

/** Jest's own. */
export const { expect } = asJest('expect') as { readonly expect: unknown };
export const test = Object.assign(declareTest, { each: each(declareTest) });
export const it = Object.assign(declareTest, { each: each(declareTest) });
export const describe = Object.assign(declareGroup, { each: each(declareGroup) });
export const jest = { setTimeout: (): void => undefined };
export const beforeAll = (hook: Hook): unknown => group.hooks.beforeAll.push(hook);
export const beforeEach = (hook: Hook): unknown => group.hooks.beforeEach.push(hook);
export const afterEach = (hook: Hook): unknown => group.hooks.afterEach.push(hook);
export const afterAll = (hook: Hook): unknown => group.hooks.afterAll.push(hook);
