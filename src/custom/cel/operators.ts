import type { Meter } from './meter.js';
import { Misfit } from './trouble.js';
import { asText, entryOf, isGroup, keysOf, kindOf, valueFrom } from './value.js';

/** Longest text that an expression may make, in characters. */
const longest = 65_536;

type Operation = (left: unknown, right: unknown, meter: Meter) => unknown;

/** @throws Misfit */
export function binary(op: string, left: unknown, right: unknown, meter: Meter): unknown {
  const operation = operations[op];
  if (operation === undefined) throw new Misfit(`${op} is not known`);
  return operation(left, right, meter);
}

export function negative(value: unknown): unknown {
  if (typeof value === 'bigint') return whole(-value);
  if (typeof value === 'number') return -value;
  throw new Misfit(`- needs a number, not ${kindOf(value)}`);
}

const operations: Readonly<Record<string, Operation>> = {
  '==': equal,
  '!=': (left, right, meter) => !equal(left, right, meter),
  '<': (left, right, meter) => order(left, right, meter, (sign) => sign < 0),
  '<=': (left, right, meter) => order(left, right, meter, (sign) => sign <= 0),
  '>': (left, right, meter) => order(left, right, meter, (sign) => sign > 0),
  '>=': (left, right, meter) => order(left, right, meter, (sign) => sign >= 0),
  in: isIn,
  '+': sum,
  '-': arithmetic(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  '*': arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  '/': arithmetic(
    (a, b) => a / divisor(b),
    (a, b) => a / b,
  ),
  '%': arithmetic((a, b) => a % divisor(b)),
};

function arithmetic(
  wholes: (a: bigint, b: bigint) => bigint,
  fractions?: (a: number, b: number) => number,
): Operation {
  return (left, right) => {
    if (typeof left === 'bigint' && typeof right === 'bigint') return whole(wholes(left, right));
    if (fractions !== undefined && typeof left === 'number' && typeof right === 'number')
      return fractions(left, right);
    throw new Misfit(`cannot compute with ${kindOf(left)} and ${kindOf(right)}`);
  };
}

const plus = arithmetic(
  (a, b) => a + b,
  (a, b) => a + b,
);

function sum(left: unknown, right: unknown, meter: Meter): unknown {
  if (typeof left === 'string' && typeof right === 'string') {
    meter.spendOn(left, right);
    if (left.length + right.length > longest) throw new Misfit('the text becomes too long');
    return left + right;
  }
  if (!Array.isArray(left) || !Array.isArray(right)) return plus(left, right, meter);
  meter.spend(left.length + right.length);
  return [...(left as unknown[]), ...(right as unknown[])];
}

/** As CEL has them: 64 bits, with sign. */
function whole(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value) throw new Misfit('the number becomes too large');
  return value;
}

function divisor(value: bigint): bigint {
  if (value === 0n) throw new Misfit('division by zero');
  return value;
}

function order(left: unknown, right: unknown, meter: Meter, holds: (sign: number) => boolean): boolean {
  if (isNumber(left) && isNumber(right))
    return holds(left < right ? -1 : left > right ? 1 : same(left, right));
  if (typeof left !== 'string' || typeof right !== 'string')
    throw new Misfit(`cannot compare ${kindOf(left)} with ${kindOf(right)}`);
  meter.spendOn(left, right);
  return holds(left < right ? -1 : Number(left > right));
}

/** Nothing holds of what is no number. */
function same(left: bigint | number, right: bigint | number): number {
  return Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : 0;
}

function isNumber(value: unknown): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

/** Numbers by value, lists and groups by what they hold; different kinds are different. */
export function equal(left: unknown, right: unknown, meter: Meter): boolean {
  meter.spend(1);

  if (isNumber(left) && isNumber(right)) return left == right;
  if (typeof left === 'string' && typeof right === 'string') meter.spendOn(left);
  if (Array.isArray(left) && Array.isArray(right)) return equalLists(left, right, meter);
  if (isGroup(left) && isGroup(right)) return equalGroups(left, right, meter);
  return left === right;
}

function equalLists(left: readonly unknown[], right: readonly unknown[], meter: Meter): boolean {
  if (left.length !== right.length) return false;
  return left.every((item, index) => equal(valueFrom(item), valueFrom(right[index]), meter));
}

function equalGroups(
  left: Readonly<Record<string, unknown>>,
  right: Readonly<Record<string, unknown>>,
  meter: Meter,
): boolean {
  const keys = keysOf(left);
  meter.spend(keys.length);
  if (keys.length !== keysOf(right).length) return false;
  return keys.every((key) => equal(entryOf(left, key), entryOf(right, key), meter));
}

function isIn(item: unknown, whole: unknown, meter: Meter): boolean {
  if (Array.isArray(whole)) return whole.some((other) => equal(item, valueFrom(other), meter));
  if (!isGroup(whole)) throw new Misfit(`in needs a list or a group of keys, not ${kindOf(whole)}`);
  return entryOf(whole, asText(item)) !== undefined;
}
