import type { z } from 'zod';
import { InputError } from '../core/input-error.js';
import { allowedKeys } from './allowed-keys.js';
import { didYouMean } from './suggest.js';

/** One thing wrong in a file of ours, in words, with the path of where it stands: `rules[2].match`. */
export type Mistake = string;

type Issue = z.core.$ZodIssue;

/** Every mistake that the schema finds in a value. */
export function mistakesOf(schema: z.ZodType, issues: readonly Issue[]): Mistake[] {
  return issues.flatMap((issue) => sentences(schema, issue));
}

/** @throws InputError listing all of the mistakes; returns when there are none. */
export function throwMistakes(file: string, mistakes: readonly Mistake[]): void {
  const [first, ...more] = mistakes;
  if (first === undefined) return;
  if (more.length === 0) throw new InputError(`${file}: ${first}`);
  throw new InputError(
    `${file} has ${mistakes.length} mistakes:\n${mistakes.map((line) => `  ${line}`).join('\n')}`,
  );
}

/** Parses a value of ours. @throws InputError with every mistake. */
export function parseStrictly<S extends z.ZodType>(schema: S, value: unknown, file: string): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true });
  if (!result.success) throwMistakes(file, mistakesOf(schema, result.error.issues));
  return result.data as z.output<S>;
}

/** `controllers[0].identities`; the whole document is `document`. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? 'document' : text.replace(/^\./, '');
}

function sentences(schema: z.ZodType, issue: Issue): Mistake[] {
  const where = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(schema, issue.path, key));
  if (issue.code === 'invalid_type' && issue.input === undefined) return [`${where} is missing`];
  if (issue.code === 'invalid_type')
    return [`${where} should be ${kindName(issue.expected)}, not ${kindName(kindOf(issue.input))}`];
  if (issue.code === 'invalid_value') return [`${where} ${choice(issue.values.map(String), issue.input)}`];
  if (issue.code === 'invalid_format' && issue.message.startsWith('Invalid'))
    return [`${where} should be ${formNames[issue.format] ?? `a ${issue.format}`}`];
  return [`${where}: ${issue.message}`];
}

const formNames: Readonly<Record<string, string>> = {
  date: 'a date, as in 2027-01-31',
  datetime: 'a time in UTC, as in 2027-01-31T00:00:00Z',
};

function unknownKey(schema: z.ZodType, path: readonly PropertyKey[], key: string): Mistake {
  const allowed = allowedKeys(schema, path);
  return `${pathText([...path, key])} is unknown${didYouMean(key, allowed) || knownKeys(allowed)}`;
}

function knownKeys(allowed: readonly string[]): string {
  return allowed.length === 0 ? '' : `: ${allowed.join(', ')} are known here`;
}

function choice(values: readonly string[], input: unknown): string {
  const wanted =
    values.length === 1 ? `should be ${values.join('')}` : `should be one of ${values.join(', ')}`;
  if (input === undefined) return `is missing: it ${wanted}`;
  return `${wanted}${typeof input === 'string' ? `, not "${input}"${didYouMean(input, values)}` : ''}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
  null: 'empty',
};

function kindName(kind: string): string {
  return kindNames[kind] ?? kind;
}
