import { ApiError } from '../access/api-error.js';
import { pagesOf } from '../pages.js';
import { branch, items, text } from '../raw.js';
import type { Replacement } from './ledger.js';

/** Reads one page; the client's `get`. */
export type ReadPage = (path: string) => Promise<unknown>;

export interface ListPath {
  /** Up to the query, which comes after `?`. */
  readonly path: string;
  /** Such as `fieldSelector`. */
  readonly query?: Readonly<Record<string, string>>;
}

/**
 * Reads a list whole, in pages that all show one and the same moment. Where that moment grows too old between two
 * pages, it is begun anew in one piece. Answers with the list's version, from which a watch goes on without a gap.
 * @throws what `read` throws, and Error for an answer that is no list or a list that does not end.
 */
export async function listWhole(
  read: ReadPage,
  list: ListPath & { readonly pageSize: number },
  begin: () => Replacement,
): Promise<{ readonly version: string; readonly changed: readonly string[] }> {
  try {
    return await pages(read, list, begin());
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 410)) throw error;
    return pages(read, { ...list, pageSize: 0 }, begin());
  }
}

async function pages(
  read: ReadPage,
  { path, ...asked }: ListPath & { readonly pageSize: number },
  replacement: Replacement,
): Promise<{ readonly version: string; readonly changed: readonly string[] }> {
  let version = '';
  for await (const page of pagesOf((query) => read(`${path}?${query}`), asked)) {
    version = text(branch(page, 'metadata'), 'resourceVersion') ?? '';
    if (version === '') throw new Error('the list has no version');
    for (const item of items(page, 'items')) replacement.add(item);
  }
  return { version, changed: replacement.finish() };
}
