import type { HbaRule, HbaType } from '../../core/evidence/postgresql.js';
import { ParseError, word } from './parse-error.js';

const types: ReadonlySet<string> = new Set<HbaType>([
  'local',
  'host',
  'hostssl',
  'hostnossl',
  'hostgssenc',
  'hostnogssenc',
]);

/** A mask stands in a field of its own only behind a bare address. */
const bareAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]*)$/i;
const mask = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]*)$/i;

/**
 * One row of `pg_hba.conf` (PostgreSQL documentation, "The pg_hba.conf File"); undefined for a comment or nothing at all.
 * @throws ParseError for what PostgreSQL refuses, and for rows that include other files.
 */
export function parseHbaRow(row: string): HbaRule | undefined {
  if (row.length > 4096) throw new ParseError('has a rule that is too long');
  const fields = fieldsOf(row);
  const [type] = fields;
  if (type === undefined) return undefined;
  if (type.startsWith('include')) throw new ParseError('includes rules from other files');
  if (!types.has(type)) throw new ParseError('has a rule of an unknown type');
  const [, databases, users, ...rest] = fields;
  if (databases === undefined || users === undefined) throw new ParseError('has a rule without users');
  const lists = { type: type as HbaType, databases: listOf(databases), users: listOf(users) };
  return type === 'local' ? { ...lists, method: methodIn(rest[0]) } : { ...lists, ...placed(rest) };
}

function placed(rest: readonly string[]): Pick<HbaRule, 'address' | 'method'> & { readonly address: string } {
  const [address, second, third] = rest;
  if (address === undefined) throw new ParseError('has a rule without an address');
  const isMasked = bareAddress.test(address) && second !== undefined && mask.test(second);
  return isMasked
    ? { address: word(`${address} ${second}`), method: methodIn(third) }
    : { address: word(address), method: methodIn(second) };
}

function methodIn(text: string | undefined): string {
  if (text === undefined) throw new ParseError('has a rule without a method');
  return word(text);
}

const blank = /\s/;

/** Blanks part fields, not within double quotes; what follows `#` is a comment. A comma joins what blanks part. */
function fieldsOf(row: string): readonly string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (const letter of row) {
    if (letter === '"') quoted = !quoted;
    if (!quoted && letter === '#') break;
    const parts = !quoted && blank.test(letter);
    if (!parts) field += letter;
    else field = endOf(field, fields);
  }
  if (quoted) throw new ParseError('has a rule with an open quotation mark');
  return field === '' ? fields : [...fields, field];
}

/** Takes a field that has ended; one that ends in a comma goes on. */
function endOf(field: string, fields: string[]): string {
  if (field === '' || field.endsWith(',')) return field;
  fields.push(field);
  return '';
}

function listOf(field: string): readonly string[] {
  return field
    .split(',')
    .map(word)
    .filter((name) => name !== '')
    .slice(0, 64);
}
