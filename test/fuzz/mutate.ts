/** Makes inputs from sound ones: bytes, texts and whole structures are changed, by seed. */
import { yamlValue } from '../../src/core/yaml.js';
import type { Chance } from '../simulation/chance.js';
import { hostileKeys, hostileTexts } from '../support/hostile-texts.js';

/** An input that came of one of these. */
export function mutated(seeds: readonly Buffer[], words: readonly string[], chance: Chance): Buffer {
  const seed = chance.pick(seeds);
  if (chance.happens(0.45)) {
    const structure = structured(seed, words, chance);
    if (structure !== undefined) return structure;
  }
  let bytes = seed;
  for (let left = chance.whole(1, 4); left > 0; left -= 1) bytes = changed(bytes, { seeds, words, chance });
  return bytes;
}

interface Means {
  readonly seeds: readonly Buffer[];
  readonly words: readonly string[];
  readonly chance: Chance;
}

type Change = (bytes: Buffer, means: Means) => Buffer;

const changes: readonly Change[] = [
  // A bit, a byte, a few bytes of chance.
  (bytes, { chance }) => {
    if (bytes.length === 0) return Buffer.from([chance.whole(0, 255)]);
    const copy = Buffer.from(bytes);
    const at = chance.whole(0, copy.length - 1);
    copy[at] = chance.happens(0.5) ? (copy[at] ?? 0) ^ (1 << chance.whole(0, 7)) : chance.whole(0, 255);
    return copy;
  },
  (bytes, { chance }) =>
    spliced(
      bytes,
      chance,
      Buffer.from(Array.from({ length: chance.whole(1, 8) }, () => chance.whole(0, 255))),
    ),
  // A word that means something, a text that means harm.
  (bytes, { chance, words }) => spliced(bytes, chance, Buffer.from(chance.pick(words))),
  (bytes, { chance }) => spliced(bytes, chance, Buffer.from(chance.pick(hostileTexts))),
  // Cut short, a part left out, a part said again.
  (bytes, { chance }) => bytes.subarray(0, chance.whole(0, bytes.length)),
  (bytes, { chance }) => {
    const [from, to] = part(bytes, chance);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, { chance }) => {
    const [from, to] = part(bytes, chance);
    const times = chance.pick([1, 2, 8, 64]);
    return Buffer.concat([
      bytes.subarray(0, to),
      ...Array.from({ length: times }, () => bytes.subarray(from, to)),
      bytes.subarray(to),
    ]);
  },
  // The end of another one.
  (bytes, { chance, seeds }) => {
    const other = chance.pick(seeds);
    return Buffer.concat([
      bytes.subarray(0, chance.whole(0, bytes.length)),
      other.subarray(chance.whole(0, other.length)),
    ]);
  },
  // A line elsewhere, a line twice, a number that is none.
  (bytes, { chance }) => {
    const lines = bytes.toString('latin1').split('\n');
    const line = chance.pick(lines);
    lines.splice(
      chance.whole(0, lines.length - 1),
      chance.whole(0, 1),
      chance.happens(0.5) ? `  ${line}` : line,
    );
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  (bytes, { chance }) =>
    Buffer.from(
      bytes
        .toString('latin1')
        .replace(/\d+/g, (number) => (chance.happens(0.1) ? chance.pick(numbers) : number)),
      'latin1',
    ),
];

const numbers = ['-1', '0', '1e309', '9007199254740993', '0.1', '-0', '99999999999999999999', '00', 'NaN'];

function changed(bytes: Buffer, means: Means): Buffer {
  return means.chance.pick(changes)(bytes, means);
}

/** Puts something in, in the place of nothing or of a few bytes. */
function spliced(bytes: Buffer, chance: Chance, what: Buffer): Buffer {
  const at = chance.whole(0, bytes.length);
  const instead = chance.happens(0.5) ? 0 : chance.whole(0, 8);
  return Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(at + instead)]);
}

function part(bytes: Buffer, chance: Chance): readonly [number, number] {
  const from = chance.whole(0, bytes.length);
  return [from, Math.min(bytes.length, from + chance.whole(0, chance.pick([4, 40, 400, 4000])))];
}

/** The value of JSON or YAML with some of its parts changed, as JSON; undefined for what is neither. */
function structured(seed: Buffer, words: readonly string[], chance: Chance): Buffer | undefined {
  const value = valueIn(seed.toString('utf8'));
  if (typeof value !== 'object' || value === null) return undefined;
  const parts = containersIn(value);
  for (let left = chance.whole(1, 3); left > 0; left -= 1) changePart(chance.pick(parts), words, chance);
  try {
    return Buffer.from(JSON.stringify(value));
  } catch {
    return undefined;
  }
}

/** Longer ones would be parsed for most of the time. */
const longestStructure = 40_000;
const parsed = new Map<string, string | undefined>();

function valueIn(text: string): unknown {
  if (text.length > longestStructure) return undefined;
  if (!parsed.has(text)) {
    if (parsed.size > 2000) parsed.clear();
    parsed.set(text, asJson(text));
  }
  const json = parsed.get(text);
  return json === undefined ? undefined : (JSON.parse(json) as unknown);
}

function asJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return yamlAsJson(text);
  }
}

function yamlAsJson(text: string): string | undefined {
  try {
    return text.length > 8000 ? undefined : JSON.stringify(yamlValue(text, { uniqueKeys: false }));
  } catch {
    return undefined;
  }
}

function containersIn(value: object): readonly object[] {
  const found: object[] = [value];
  for (let at = 0; at < found.length && found.length < 5000; at += 1)
    for (const inner of Object.values(found[at] ?? {}) as unknown[])
      if (typeof inner === 'object' && inner !== null) found.push(inner);
  return found;
}

function changePart(container: object, words: readonly string[], chance: Chance): void {
  const holder = container as Record<string, unknown>;
  const keys = Object.keys(holder);
  const key = keys.length === 0 ? '0' : chance.pick(keys);
  const to = chance.happens(0.4) || keys.length === 0 ? newKey(words, chance) : key;
  const value = chance.happens(0.3) ? holder[key] : strangeValue(holder[key], words, chance);
  if (chance.happens(0.2) && !Array.isArray(container)) Reflect.deleteProperty(holder, key);
  // As JSON.parse does it: a property of this name, not the prototype.
  Object.defineProperty(holder, Array.isArray(container) ? String(chance.whole(0, keys.length)) : to, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function newKey(words: readonly string[], chance: Chance): string {
  return chance.happens(0.5) ? chance.pick(hostileKeys) : chance.pick(words);
}

function strangeValue(value: unknown, words: readonly string[], chance: Chance): unknown {
  const strange: readonly (() => unknown)[] = [
    () => null,
    () => [],
    () => ({}),
    () => chance.happens(0.5),
    () => chance.pick([-1, 0, 1e300, 0.5, 2 ** 53, 4_294_967_296]),
    () => chance.pick(words),
    () => chance.pick(hostileTexts),
    () => [value, value],
    () => ({ [chance.pick(words)]: value }),
    () => Array.from({ length: chance.pick([3, 300]) }, () => null),
    () => nested(value, chance.pick([3, 40])),
    () => (typeof value === 'string' ? value.repeat(chance.pick([2, 50])) : JSON.stringify(value)),
    () => chance.pick(hostileTexts).slice(0, 200) + chance.pick(words),
  ];
  return chance.pick(strange)();
}

function nested(value: unknown, depth: number): unknown {
  let whole = value;
  for (let level = 0; level < depth; level += 1) whole = level % 2 === 0 ? [whole] : { a: whole };
  return whole;
}
