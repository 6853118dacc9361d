/** One input to one reader, and what must hold whatever it was. */
import type { Target } from './target.js';

export interface Attempt {
  /** Milliseconds of the processor. */
  readonly millis: number;
  /** What the reader refused it with. */
  readonly refusal?: string;
  /** What must not happen; tells one fault from another. */
  readonly fault?: string;
}

/** Milliseconds of the processor for up to 100 kB, and for each 100 kB more: ours and those of a slow, busy machine. */
const allowed = 400;
const share = 100_000;

export async function attempt(target: Target, bytes: Buffer, folder: string): Promise<Attempt> {
  const first = await once(target, bytes, folder);
  if (first.fault !== undefined || first.millis <= limitFor(bytes)) return first;
  // Once may have been the compiler, the garbage, or a neighbour.
  const again = [await once(target, bytes, folder), await once(target, bytes, folder)];
  const millis = Math.min(first.millis, ...again.map((one) => one.millis));
  return millis <= limitFor(bytes) ? { ...first, millis } : { ...first, millis, fault: 'takes too long' };
}

function limitFor(bytes: Buffer): number {
  return allowed * Math.max(1, bytes.length / share);
}

async function once(target: Target, bytes: Buffer, folder: string): Promise<Attempt> {
  const before = keysOfPrototypes();
  const begun = process.threadCpuUsage();
  try {
    const answer = target.read(bytes, folder);
    const result = answer instanceof Promise ? ((await answer) as unknown) : answer;
    const millis = spent(begun);
    const fault =
      pollution(before) ??
      (hasStrangePrototype(result) ? 'an object has a prototype from the input' : undefined);
    return { millis, ...(fault === undefined ? {} : { fault }) };
  } catch (error) {
    const fault = pollution(before) ?? faultOf(target, error);
    return { millis: spent(begun), ...(fault === undefined ? { refusal: saidBy(error) } : { fault }) };
  }
}

function spent(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1000;
}

function faultOf({ refusals }: Target, error: unknown): string | undefined {
  if (!(error instanceof Error)) return `throws what is no Error: ${String(error).slice(0, 80)}`;
  const isMeant = refusals.some((refusal) =>
    refusal instanceof RegExp
      ? error.constructor === Error && refusal.test(error.message)
      : error instanceof refusal,
  );
  if (isMeant) return error.message.trim() === '' ? `${error.name} without a sentence` : undefined;
  const [place = ''] = error.stack?.split('\n').filter((line) => line.includes('/src/')) ?? [];
  return `${error.name}: ${pattern(error.message)} ${place
    .trim()
    .replace(/.*\/src\//, 'src/')
    .replace(/\)$/, '')}`;
}

function saidBy(error: unknown): string {
  return pattern(error instanceof Error ? error.message : '');
}

/** A message without what the input put into it. */
function pattern(message: string): string {
  return message
    .split('\n', 1)
    .join('')
    .replace(/["'`(].*?["'`)]/gs, '…')
    .replace(/\d+/g, '0')
    .slice(0, 120);
}

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype];

function keysOfPrototypes(): number {
  return prototypes.reduce<number>((sum, one) => sum + Reflect.ownKeys(one).length, 0);
}

function pollution(before: number): string | undefined {
  return keysOfPrototypes() === before ? undefined : 'a prototype of the language was changed';
}

/** Looks so far into a result. */
const mostLooked = 3000;

/** `object['__proto__'] = value` leaves an object whose prototype is a plain object of the input. */
function hasStrangePrototype(result: unknown): boolean {
  const open: unknown[] = [result];
  for (let at = 0; at < open.length && at < mostLooked; at += 1) {
    const value = open[at];
    if (typeof value !== 'object' || value === null) continue;
    if (isFromInput(Object.getPrototypeOf(value))) return true;
    const parts: readonly unknown[] = value instanceof Map ? [...value.values()] : Object.values(value);
    open.push(...parts.slice(0, mostLooked));
  }
  return false;
}

function isFromInput(prototype: unknown): boolean {
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    !Object.hasOwn(prototype, 'constructor') &&
    [null, Object.prototype, Array.prototype].includes(Object.getPrototypeOf(prototype) as object | null) &&
    Object.getPrototypeOf(prototype) !== null
  );
}
