/** Writes docs/reference/policy.md from the schema of the policy; `--check` says whether it is up to date. */
import type * as Published from '../src/config/schemas/published.js';
import { fromDist } from './from-dist.ts';
import { writeOrCheck } from './generated.ts';
import { code, plain, table } from './markdown.ts';

/** What is used here of JSON Schema, draft 2020-12. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly additionalProperties?: boolean | Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly pattern?: string;
}

const { publishedSchemas } = await fromDist<typeof Published>('config/schemas/published.js');
const root = publishedSchemas()['policy.v1'] as Schema;
const definitions = root.$defs ?? {};

const head = `# Policy

Generated from the program's own definition by \`make docs\`. The same as a JSON Schema, for editors and CI:
[policy.v1.schema.json](../schemas/policy.v1.schema.json). How to write one: [write a policy](../how-to/write-a-policy.md).

A policy is YAML or JSON. It begins with \`kind: Policy\` and \`version: v1\`; every other key may be left out. A key that is
not listed here is a mistake. \`holdfast policy check FILE\` tells all mistakes at once. Durations are written \`15s\`, \`30m\`,
\`2h\`, \`30d\`; times as in \`2027-01-31T00:00:00Z\`. Files are named relative to the policy.

\`match\` says what an entry is about, by names or patterns (\`*\` any characters, \`?\` one): \`controller\`, \`model\`,
\`application\`, \`guide\`, \`control\`, as far as the table has them. What is left out matches everything.

A dot leads into a section, \`[]\` means each entry of a list. Keys in bold must be given where their section is.
`;

const sections = Object.entries(root.properties ?? {})
  .map(([name, schema]) => [name, resolved(schema)] as const)
  .filter(([, schema]) => schema.const === undefined);
const contents = sections.map(
  ([name, { description = '' }]) => `- [${name}](#${name.toLowerCase()}): ${description}`,
);
const text = [head, ...contents, '', ...sections.flatMap(([name, schema]) => section(name, schema))].join(
  '\n',
);
writeOrCheck(new Map([['docs/reference/policy.md', `${text.trimEnd()}\n`]]), 'make docs');

function section(name: string, schema: Schema): readonly string[] {
  const said = schema.description === undefined ? [] : [schema.description, ''];
  const kind = schema.type === 'array' ? ['A list; of each entry:', ''] : [];
  const entry = schema.type === 'array' ? resolved(schema.items ?? {}) : schema;
  return [`## ${name}`, '', ...said, ...kind, ...table(['key', 'value', 'what'], rowsOf(entry, ''))];
}

/** A row for each key; those of sections within follow theirs. */
function rowsOf(schema: Schema, path: string): readonly (readonly string[])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, given]) => {
    const value = resolved(given);
    const name = `${path}${key}`;
    const shown = schema.required?.includes(key) === true ? `**${code(name)}**` : code(name);
    const type = key === 'match' ? matchType(value) : typeOf(value);
    return [[shown, type, value.description ?? ''], ...within(value, name, key)];
  });
}

function within(value: Schema, path: string, key: string): readonly (readonly string[])[] {
  if (key === 'match') return [];
  const entry = value.type === 'array' ? resolved(value.items ?? {}) : value;
  const start = value.type === 'array' ? `${path}[].` : `${path}.`;
  return entry.oneOf === undefined
    ? rowsOf(entry, start)
    : entry.oneOf.flatMap((one) => rowsOfVariant(resolved(one), start));
}

/** One of several forms, told apart by the value of a key that is fixed in it. */
function rowsOfVariant(variant: Schema, path: string): readonly (readonly string[])[] {
  const [fixed] = Object.entries(variant.properties ?? {}).flatMap(([key, schema]) => {
    const { const: value } = resolved(schema);
    return value === undefined ? [] : [{ key, value: plain(value) }];
  });
  const title = fixed === undefined ? '' : `With ${code(`${fixed.key}: ${fixed.value}`)}:`;
  return [[title, '', ''], ...rowsOf(variant, path)];
}

/** What its keys mean is told once, at the top. */
function matchType({ properties = {} }: Schema): string {
  return Object.keys(properties).map(code).join(', ');
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return code(plain(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(plain(value))).join(', ');
  if (schema.type === 'array') return `list of ${typeOf(resolved(schema.items ?? {}))}`;
  if (schema.type === 'object') return objectType(schema);
  if (schema.oneOf !== undefined) return 'section';
  if (schema.type === 'integer') return `number${rangeOf(schema)}`;
  return schema.format === 'date-time' ? 'time' : plainType(schema);
}

function plainType({ type, pattern = '' }: Schema): string {
  if (type === 'boolean') return '`true`, `false`';
  return pattern.includes('(ms|s|m|h|d|w)') ? 'duration' : 'text';
}

function objectType({ properties, additionalProperties }: Schema): string {
  if (properties !== undefined) return 'section';
  const value = typeof additionalProperties === 'object' ? resolved(additionalProperties) : {};
  return value.enum === undefined ? 'names to values' : `names to ${typeOf(value)}`;
}

function rangeOf({ minimum, maximum }: Schema): string {
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER) return '';
  return most === undefined ? ` from ${minimum}` : ` from ${minimum} to ${most}`;
}

/** What a reference leads to; what stands beside the reference wins. */
function resolved(schema: Schema): Schema {
  const { $ref: reference = '' } = schema;
  if (reference === '') return schema;
  const target = definitions[reference.replace('#/$defs/', '')] ?? {};
  return { ...resolved(target), ...schema, $ref: '' };
}
