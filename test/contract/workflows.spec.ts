/** The workflows of the repository: whom they trust, and with what. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const names = readdirSync(folder).sort();
const pins = readFileSync(join(root, '.github/action-pins.md'), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Permissions;
  readonly steps: readonly Step[];
  readonly 'timeout-minutes'?: number;
  readonly 'runs-on': string;
}

type Permissions = Readonly<Record<string, string>>;

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Actions that may stand without a commit's hash, each with the reason. None. */
const unpinned: readonly string[] = [];

/** What a job may write, where it may write anything. */
const mayWrite: Readonly<Record<string, readonly string[]>> = {
  'release.yml publish': ['attestations', 'contents', 'id-token'],
  'release.yml image': ['attestations', 'id-token', 'packages'],
};

function mistakesIn(name: string, text: string): readonly string[] {
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);
  return [
    ...triggers(workflow),
    ...(workflow.permissions === undefined ? ['no permissions of its own'] : []),
    ...writing(workflow.permissions).map((what) => `every job may write ${what}`),
    ...jobs.flatMap(([job, { permissions }]) => beyond(`${name} ${job}`, permissions)),
    ...jobs.flatMap(([job, { 'timeout-minutes': most = 360 }]) => (most > 60 ? [`${job} has no end`] : [])),
    ...jobs.flatMap(([job, { 'runs-on': on }]) => (on.endsWith('-latest') ? [`${job} runs on ${on}`] : [])),
    ...steps.flatMap((step) => stepMistakes(step, text)),
  ];
}

/** Pull requests of strangers must not run with this repository's rights. */
function triggers({ on }: Workflow): readonly string[] {
  const dangerous = ['pull_request_target', 'workflow_run', 'issue_comment'];
  return dangerous.filter((event) => event in on).map((event) => `is started by ${event}`);
}

function writing(permissions: Permissions = {}): readonly string[] {
  if (typeof permissions === 'string') return [permissions];
  return Object.entries(permissions).flatMap(([what, level]) => (level === 'write' ? [what] : []));
}

function beyond(job: string, permissions: Permissions | undefined): readonly string[] {
  const allowed = mayWrite[job] ?? [];
  const more = writing(permissions).filter((what) => !allowed.includes(what));
  return more.map((what) => `${job} may write ${what}`);
}

function stepMistakes({ uses = '', run = '', with: inputs = {} }: Step, text: string): readonly string[] {
  const found: string[] = [];
  // What an expression gives becomes a part of the script: a tag's or a branch's name could be a command.
  if (run.includes('${{')) found.push(`puts an expression into a script: ${run}`);
  if (uses !== '' && !isPinned(uses, text))
    found.push(`${uses} is not pinned as .github/action-pins.md says`);
  if (uses.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false)
    found.push('leaves its token in the checkout');
  return found;
}

function isPinned(uses: string, text: string): boolean {
  const [action = '', hash = ''] = uses.split('@');
  if (unpinned.includes(uses)) return true;
  const version = new RegExp(`${uses} # (v\\d+\\.\\d+\\.\\d+)$`, 'm').exec(text)?.[1];
  return /^[0-9a-f]{40}$/.test(hash) && pins.includes(`| ${action} | ${hash} | ${version ?? 'none'} |`);
}

describe('the workflows', () => {
  it('are these two', () => {
    expect(names).toEqual(['ci.yml', 'release.yml']);
  });

  test.each(names)('%s trusts nobody more than it has to', (name) => {
    expect(mistakesIn(name, readFileSync(join(folder, name), 'utf8'))).toEqual([]);
  });

  test.each(names)('%s runs targets that there are', (name) => {
    const makefile = readFileSync(join(root, 'Makefile'), 'utf8');
    const workflow = parse(readFileSync(join(folder, name), 'utf8')) as Workflow;
    const scripts = Object.values(workflow.jobs).flatMap(({ steps }) => steps.map(({ run = '' }) => run));
    const targets = scripts.flatMap((run) =>
      [...run.matchAll(/\bmake ([a-z0-9-]+)/g)].map(([, to = '']) => to),
    );
    expect(targets.length).toBeGreaterThan(2);
    expect(targets.filter((target) => !makefile.includes(`\n${target}:`))).toEqual([]);
  });

  it('name each pin where it was looked up, and no others', () => {
    const used = names.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/uses: ([^@\s]+)@/g)].map(([, to = '']) => to),
    );
    const listed = [...pins.matchAll(/^\| ([\w-]+\/[\w-]+) \|/gm)].map(([, action = '']) => action);
    expect(listed.sort()).toEqual([...new Set(used)].sort());
  });
});

describe('a workflow', () => {
  const sound = [
    'on: { push: {} }',
    'permissions: {}',
    'jobs: { a: { runs-on: ubuntu-24.04, timeout-minutes: 5, steps: [{ run: make check }] } }',
  ];
  const wrong = (line: number, text: string): readonly string[] =>
    mistakesIn('x.yml', sound.map((one, at) => (at === line ? text : one)).join('\n'));
  const job = (text: string): string => `jobs: { a: { runs-on: ubuntu-24.04, timeout-minutes: 5, ${text} } }`;

  it('that is sound has no mistake', () => {
    expect(wrong(-1, '')).toEqual([]);
  });

  test.each<[string, number, string]>([
    ['is refused when strangers start it', 0, 'on: { pull_request_target: {} }'],
    ['is refused without permissions', 1, ''],
    ['is refused when every job may write', 1, 'permissions: { contents: write }'],
    ['is refused when it may write everything', 1, 'permissions: write-all'],
    ['is refused when a job may write', 2, job('permissions: { packages: write }, steps: []')],
    ['is refused with a tag for a pin', 2, job('steps: [{ uses: actions/checkout@v6 }]')],
    [
      'is refused with a hash that nobody looked up',
      2,
      job(`steps: [{ uses: "actions/cache@${'a'.repeat(40)}" }]`),
    ],
    [
      'is refused when a title becomes a command',
      2,
      job('steps: [{ run: "echo ${{ github.event.pull_request.title }}" }]'),
    ],
    ['is refused without an end', 2, 'jobs: { a: { runs-on: ubuntu-24.04, steps: [] } }'],
    [
      'is refused on whatever is newest',
      2,
      'jobs: { a: { runs-on: ubuntu-latest, timeout-minutes: 1, steps: [] } }',
    ],
  ])('%s', (_, line, text) => {
    expect(wrong(line, text)).not.toEqual([]);
  });
});
