/** Fields of what was sent: texts, or nothing. Files, lists and groups are no answer to anything asked here. */
import { InputError } from '../../core/input-error.js';
import { clean } from '../../core/text.js';

/** A field of a form or of a JSON body; undefined where it is absent, empty, or no text. */
export function field(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Whether something is said with yes: `true` in JSON, a ticked box in a form. */
export function isTicked(body: unknown, name: string): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return value === true || value === 'yes';
}

/** A word that is not known could have been meant to matter. @throws InputError */
export function expectOnly(fields: readonly string[], body: unknown): void {
  if (body === undefined || body === null) return;
  if (typeof body !== 'object' || Array.isArray(body)) throw new InputError('send a group of keys');
  for (const [name, value] of Object.entries(body)) {
    if (!fields.includes(name))
      throw new InputError(`${clean(name)} is unknown here: ${fields.join(', ')} are known`);
    if (typeof value !== (name === 'all' ? 'boolean' : 'string'))
      throw new InputError(`${name} should be ${name === 'all' ? 'true or false' : 'a text'}`);
  }
}

/** Texts of a query; of several of one name the first. */
export type Query = Readonly<Record<string, string | undefined>>;

export function queryOf(query: unknown): Query {
  const entries = Object.entries((query ?? {}) as Readonly<Record<string, unknown>>).map(([name, value]) => {
    const one: unknown = Array.isArray(value) ? value[0] : value;
    return [name, typeof one === 'string' && one !== '' ? one : undefined] as const;
  });
  return Object.fromEntries(entries);
}

/** A whole number of a query. @throws InputError */
export function numberIn(query: Query, name: string, { least, most, usual }: NumberForm): number {
  const text = query[name];
  if (text === undefined) return usual;
  const value = /^\d{1,12}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new InputError(`${name}: write a number from ${least} to ${most}`);
}

export interface NumberForm {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}
