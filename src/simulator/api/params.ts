/** Reading a request's parameters, which come from anywhere: what is missing or of another type reads as empty. */
import { JujuError } from '../errors.js';

export type Params = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(params: Params, key: string): string {
  const value = params[key];
  return typeof value === 'string' ? value : '';
}

export function flagOf(params: Params, key: string): boolean {
  return params[key] === true;
}

export function numberOf(params: Params, key: string): number {
  const value = params[key];
  return typeof value === 'number' ? value : 0;
}

export function recordOf(params: Params, key: string): Params {
  const value = params[key];
  return isRecord(value) ? value : {};
}

export function recordsOf(params: Params, key: string): readonly Params[] {
  const value = params[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function textsOf(params: Params, key: string): readonly string[] {
  const value = params[key];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The tags of `entities`, without their kind: `user-bob` gives `bob`. */
export function entityNames(params: Params, kind: string): readonly string[] {
  return recordsOf(params, 'entities').map((entity) => nameOfTag(textOf(entity, 'tag'), kind));
}

export function nameOfTag(tag: string, kind: string): string {
  if (tag.startsWith(`${kind}-`)) return tag.slice(kind.length + 1);
  throw new JujuError(`"${tag}" is not a valid ${kind} tag`, 'bad request');
}

/** `unit-etcd-0` as `etcd/0`; other texts, such as `etcd/leader`, stay. */
export function unitOfTag(tag: string): string {
  return tag.startsWith('unit-') ? tag.slice('unit-'.length).replace(/-(\d+)$/, '/$1') : tag;
}

/** Bulk calls answer each item on its own. */
export function eachResult<T>(items: readonly T[], answer: (item: T) => object): { results: object[] } {
  return { results: items.map((item) => resultOf(() => answer(item))) };
}

export function resultOf(answer: () => object): object {
  try {
    return answer();
  } catch (error) {
    return { error: wireError(error) };
  }
}

export function wireError(error: unknown): { message: string; code: string } {
  if (error instanceof JujuError) return { message: error.message, code: error.code };
  throw error;
}
