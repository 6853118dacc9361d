/**
 * Draws the picture of docs/explanation/architecture.md from the imports as dependency-cruiser finds them, folder by
 * folder; `--check` says whether it is up to date.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeOrCheck } from './generated.ts';

interface Cruised {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly Dependency[] }[];
}

interface Dependency {
  readonly resolved: string;
  readonly module: string;
  readonly dependencyTypes: readonly string[];
}

/** What each folder of src is, in the order in which they are drawn. A folder that is not here may not be. */
const folders: Readonly<Record<string, string>> = {
  main: 'puts the parts together',
  cli: 'commands: print and exit',
  config: 'policy, knowledge, environment',
  guides: 'controls, one folder a guide',
  custom: 'controls of the policy’s own, in CEL',
  controller: 'queue, rails, verification',
  juju: 'API and executable of Juju',
  kube: 'lists and watches of Kubernetes',
  workload: 'probes of ports, looks into units',
  observability: 'what Prometheus, Loki, Alertmanager say',
  store: 'journal and history',
  vault: 'new passwords',
  report: 'page, metrics, exports, notifications',
  terraform: 'plans read, plans written',
  simulator: 'a Juju to practise on',
  core: 'the language: snapshot, evaluation, plan, ports',
};

const root = join(import.meta.dirname, '..');
const page = 'docs/explanation/architecture.md';
const begin = '<!-- drawn by scripts/architecture.ts -->';
const end = '<!-- end -->';

const { modules } = cruised();
const before = readFileSync(join(root, page), 'utf8');
const [head, , tail] = before.split(new RegExp(`(?<=${begin}\n)([^]*)(?=${end})`));
if (head === undefined || tail === undefined) throw new Error(`${page} has no place for the picture`);
writeOrCheck(new Map([[page, `${head}${picture().join('\n')}\n${tail}`]]), 'make docs');

function cruised(): Cruised {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const folded = ['--exclude', '\\.spec\\.ts$|^dist|^build', '--collapse', '^src/[^/]+', 'src'];
  const program = join(root, 'node_modules/.bin/depcruise');
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  return JSON.parse(execFileSync(program, [...args, ...folded], options)) as Cruised;
}

function picture(): readonly string[] {
  const drawn = Object.entries(folders);
  const found = modules.map(({ source }) => nameOf(source)).filter((name) => name !== undefined);
  const strange = [...found.filter((name) => !(name in folders)), ...missing(found)];
  if (strange.length > 0)
    throw new Error(`say in scripts/architecture.ts what these are: ${strange.join(', ')}`);
  return [
    '```mermaid',
    'flowchart LR',
    ...drawn.map(([name, what]) => `  ${name}["${name}<br/>${what}${librariesOf(name)}"]`),
    ...drawn.flatMap(([name]) => importsOf(name).map((to) => `  ${name} --> ${to}`)),
    '```',
  ];
}

function missing(found: readonly string[]): readonly string[] {
  return Object.keys(folders).filter((name) => !found.includes(name));
}

/** `src/main` and `src/main.ts` are one. */
function nameOf(path: string): string | undefined {
  return /^src\/([^/.]+)/.exec(path)?.[1];
}

function dependenciesOf(name: string): readonly Dependency[] {
  return modules.filter(({ source }) => nameOf(source) === name).flatMap(({ dependencies }) => dependencies);
}

function importsOf(name: string): readonly string[] {
  const all = new Set(dependenciesOf(name).map(({ resolved }) => nameOf(resolved)));
  return Object.keys(folders).filter((to) => to !== name && all.has(to));
}

/** The libraries that a folder imports; those of a family once. */
function librariesOf(name: string): string {
  const npm = dependenciesOf(name).filter(({ dependencyTypes }) => dependencyTypes.includes('npm'));
  const names = npm.map(({ module }) => /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? module);
  const families = names.map((one) => (one.startsWith('@fastify/') ? 'fastify' : one));
  const all = [...new Set(families)].sort().join(', ');
  return all === '' ? '' : `<br/><i>${all}</i>`;
}
