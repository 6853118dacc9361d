/** Functions and methods of expressions: few, and each bounded by the length of what it is given. */
import { seconds } from '../../core/duration.js';
import { millis } from '../../core/time.js';
import type { Run } from './run.js';
import { Misfit } from './trouble.js';
import { asText, isGroup, keysOf, kindOf } from './value.js';
import { isLike } from './wildcards.js';

type Call = (args: readonly unknown[], run: Run) => unknown;

/** @throws Misfit */
export function callFunction(name: string, args: readonly unknown[], run: Run): unknown {
  return called(functions, name, args, run);
}

/** @throws Misfit */
export function callMethod(name: string, args: readonly unknown[], run: Run): unknown {
  return called(methods, name, args, run);
}

function called(
  calls: Readonly<Record<string, Call>>,
  name: string,
  args: readonly unknown[],
  run: Run,
): unknown {
  const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (call === undefined) throw new Misfit(`there is no ${name}()`);
  for (const arg of args) if (typeof arg === 'string') run.meter.spendOn(arg);
  return call(args, run);
}

const functions: Readonly<Record<string, Call>> = {
  size: ([value]) => sizeOf(value),
  int: ([value]) => toInt(value),
  double: ([value]) => toDouble(value),
  string: ([value]) => textOf(value),
  olderThan: ([at, age], { time }) => time.isOlder(moment(at), lasting(age)),
};

const methods: Readonly<Record<string, Call>> = {
  size: ([value]) => sizeOf(value),
  startsWith: ([text, part]) => asText(text).startsWith(asText(part)),
  endsWith: ([text, part]) => asText(text).endsWith(asText(part)),
  contains: ([text, part], { meter }) => {
    const [whole, wanted] = [asText(text), asText(part)];
    meter.spend((whole.length * Math.max(wanted.length, 1)) / 1024);
    return whole.includes(wanted);
  },
  like: ([text, pattern], { meter }) => isLike(asText(text), asText(pattern), meter),
  lowerAscii: ([text]) => asText(text).replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  trim: ([text]) => asText(text).trim(),
  split: ([text, separator], { meter }) => {
    meter.spend(asText(text).length);
    return asText(text).split(asText(separator));
  },
};

/** How often each may be called with how many arguments, the receiver left out: for checking beforehand. */
export const signatures: readonly string[] = [
  'known(dyn): bool',
  'olderThan(string, string): bool',
  'string.like(string): bool',
];

export const functionNames: readonly string[] = ['known', 'has', ...Object.keys(functions)];
export const methodNames: readonly string[] = [
  ...['all', 'exists', 'exists_one', 'filter', 'map'],
  ...Object.keys(methods),
];

function sizeOf(value: unknown): bigint {
  if (typeof value === 'string') return BigInt(Array.from(value).length);
  if (Array.isArray(value)) return BigInt(value.length);
  if (isGroup(value)) return BigInt(keysOf(value).length);
  throw new Misfit(`size needs a text, a list or a group of keys, not ${kindOf(value)}`);
}

function toInt(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return BigInt(Math.trunc(value));
  if (typeof value === 'string' && /^-?\d{1,18}$/.test(value)) return BigInt(value);
  throw new Misfit(`int() cannot read ${kindOf(value)} as a whole number`);
}

function toDouble(value: unknown): number {
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
  if (typeof value === 'string' && /^-?\d{1,18}(\.\d{1,18})?$/.test(value)) return Number(value);
  throw new Misfit(`double() cannot read ${kindOf(value)} as a number`);
}

/** @throws Misfit for what is no single value. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new Misfit(`string() cannot write ${kindOf(value)}`);
}

function moment(value: unknown): string {
  const text = asText(value);
  if (Number.isNaN(millis(text))) throw new Misfit('olderThan() needs a time, as in 2027-01-31T00:00:00Z');
  return text;
}

function lasting(value: unknown): number {
  const text = asText(value);
  if (!/^\d{1,9}(ms|s|m|h|d|w)$/.test(text)) throw new Misfit('olderThan() needs a duration such as 30d');
  return seconds(text);
}
