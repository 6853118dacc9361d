/** Writes docs/reference/charm.md from charm/charmcraft.yaml; `--check` says whether it is up to date. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { writeOrCheck } from './generated.ts';
import { code, plain, table } from './markdown.ts';

interface Charm {
  readonly name: string;
  readonly description: string;
  readonly base: string;
  readonly platforms: Named<unknown>;
  readonly assumes: readonly string[];
  readonly containers: Named<{ readonly uid?: number }>;
  readonly resources: Named<Described>;
  readonly storage: Named<Described & { readonly 'minimum-size'?: string }>;
  readonly provides: Named<Endpoint>;
  readonly requires: Named<Endpoint>;
  readonly config: { readonly options: Named<ConfigOption> };
  readonly actions: Named<Action>;
}

type Named<T> = Readonly<Record<string, T>>;

interface Described {
  readonly description?: string;
}

interface Endpoint extends Described {
  readonly interface: string;
  readonly optional?: boolean;
  readonly limit?: number;
}

interface ConfigOption extends Described {
  readonly type: string;
  readonly default?: unknown;
}

interface Parameter extends Described {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
}

interface Action extends Described {
  readonly params?: Named<Parameter>;
  readonly required?: readonly string[];
}

const file = fileURLToPath(new URL('../charm/charmcraft.yaml', import.meta.url));
const charm = parse(readFileSync(file, 'utf8')) as Charm;
writeOrCheck(new Map([['docs/reference/charm.md', `${page(charm).join('\n').trimEnd()}\n`]]), 'make docs');

function page(of: Charm): readonly string[] {
  const { config, actions } = of;
  return [
    '# Charm',
    '',
    'Generated from `charm/charmcraft.yaml` by `make docs`. How to use it: [tutorial](../tutorial/charm.md),',
    '[credentials](../how-to/credentials-with-least-rights.md), [several units](../how-to/several-units.md).',
    '',
    ...paragraphs(of.description),
    ...facts(of),
    '## Configuration',
    '',
    ...Object.entries(config.options).flatMap(configOption),
    '## Actions',
    '',
    `Run them as \`juju run ${of.name}/leader ACTION\`. A parameter that is not listed is refused.`,
    '',
    ...Object.entries(actions).flatMap(action),
    '## Relations',
    '',
    ...relations('Offered', of.provides),
    ...relations('Wanted', of.requires),
    '## Storage and resources',
    '',
    ...table(['name', 'what'], [...stored(of.storage), ...rowsOf(of.resources)]),
  ];
}

function facts({ name, base, platforms, assumes, containers }: Charm): readonly string[] {
  const workloads = Object.entries(containers).map(
    ([container, { uid }]) => `${code(container)} as user ${uid ?? 0}`,
  );
  return table(
    ['', ''],
    [
      ['name', code(name)],
      ['base', `${base}; ${Object.keys(platforms).join(', ')}`],
      ['needs', assumes.join(', ')],
      ['containers', workloads.join(', ')],
    ],
  );
}

function configOption([name, { type, default: value, description = '' }]: [
  string,
  ConfigOption,
]): readonly string[] {
  const unless = value === undefined || value === '' ? '' : `; ${code(plain(value))} unless given`;
  return [`### ${name}`, '', `${type}${unless}.`, '', ...paragraphs(description)];
}

function action([name, { description = '', params = {}, required = [] }]: [
  string,
  Action,
]): readonly string[] {
  const rows = Object.entries(params).map(([key, parameter]) => [
    required.includes(key) ? `**${code(key)}**` : code(key),
    parameter.enum?.map(code).join(', ') ?? parameter.type,
    `${parameter.description ?? ''}${defaultOf(parameter)}`,
  ]);
  const list = rows.length === 0 ? [] : table(['parameter', 'value', 'what'], rows);
  return [`### ${name}`, '', ...paragraphs(description), ...list];
}

function defaultOf({ default: value }: Parameter): string {
  return value === undefined ? '' : ` ${code(plain(value))} unless given.`;
}

function relations(title: string, endpoints: Named<Endpoint>): readonly string[] {
  const rows = Object.entries(endpoints).map(
    ([name, { interface: kind, limit, optional, description = '' }]) => [
      code(name),
      code(kind),
      `${description}${limit === 1 ? ' One at most.' : ''}${optional === true ? '' : ' Needed.'}`,
    ],
  );
  return table([title, 'interface', 'what'], rows);
}

function stored(storage: Charm['storage']): readonly (readonly string[])[] {
  return Object.entries(storage).map(([name, { description = '', 'minimum-size': least }]) => [
    code(name),
    `${description.trim()}${least === undefined ? '' : ` At least ${least}.`}`,
  ]);
}

function rowsOf(all: Named<Described>): readonly (readonly string[])[] {
  return Object.entries(all).map(([name, { description = '' }]) => [code(name), description]);
}

/** Indented lines are an example. */
function paragraphs(text: string): readonly string[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .flatMap((part) =>
      part.startsWith('    ')
        ? ['```yaml', ...part.split('\n').map((line) => line.slice(4)), '```', '']
        : [part, ''],
    );
}
