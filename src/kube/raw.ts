/** Reads JSON from outside tolerantly: what has another type than expected counts as absent. */
import { newDict, type Dict } from '../core/dict.js';

export type Raw = Readonly<Record<string, unknown>>;

const nothing: Raw = Object.freeze({});
const noTexts: readonly string[] = Object.freeze([]);
const noItems: readonly Raw[] = Object.freeze([]);
const noEntries: Dict<string> = Object.freeze(newDict<string>());

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key, or an empty one. */
export function branch(raw: Raw, key: string): Raw {
  const value = raw[key];
  return isRaw(value) ? value : nothing;
}

export function items(raw: Raw, key: string): readonly Raw[] {
  const value = raw[key];
  return Array.isArray(value) ? value.filter(isRaw) : noItems;
}

export function text(raw: Raw, key: string): string | undefined {
  const value = raw[key];
  return typeof value === 'string' ? value : undefined;
}

export function texts(raw: Raw, key: string): readonly string[] {
  const value = raw[key];
  if (!Array.isArray(value) || value.length === 0) return noTexts;
  return value.filter((item) => typeof item === 'string');
}

export function number(raw: Raw, key: string): number | undefined {
  const value = raw[key];
  return typeof value === 'number' ? value : undefined;
}

export function flag(raw: Raw, key: string): boolean | undefined {
  const value = raw[key];
  return typeof value === 'boolean' ? value : undefined;
}

/** A map of texts, of which only the keys that are kept. */
export function dict(raw: Raw, key: string, keep: (name: string) => boolean = () => true): Dict<string> {
  let found: Record<string, string> | undefined;
  for (const [name, value] of Object.entries(branch(raw, key))) {
    if (typeof value !== 'string' || !keep(name)) continue;
    found ??= newDict<string>();
    found[name] = value;
  }
  return found ?? noEntries;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys whose value is undefined. */
export function present<T extends object>(given: T): Present<T> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) if (value !== undefined) kept[key] = value;
  return kept as Present<T>;
}
