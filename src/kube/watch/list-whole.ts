import { ApiError } from '../access/api-error.js';
import { branch, isRaw, items, text } from '../raw.js';
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
 * @throws what `read` throws, and Error for an answer that is no list.
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
  { path, query, pageSize }: ListPath & { readonly pageSize: number },
  replacement: Replacement,
): Promise<{ readonly version: string; readonly changed: readonly string[] }> {
  let goOn: string | undefined;
  for (;;) {
    const parameters = new URLSearchParams(query);
    if (pageSize > 0) parameters.set('limit', String(pageSize));
    if (goOn !== undefined) parameters.set('continue', goOn);
    const page = pageOf(await read(`${path}?${parameters.toString()}`), replacement);
    if (page.goOn === '') return { version: page.version, changed: replacement.finish() };
    if (page.goOn === goOn) throw new Error('the list goes round in circles');
    goOn = page.goOn;
  }
}

function pageOf(
  answer: unknown,
  replacement: Replacement,
): { readonly version: string; readonly goOn: string } {
  if (!isRaw(answer) || !('metadata' in answer)) throw new Error('the answer is no list');
  const metadata = branch(answer, 'metadata');
  const version = text(metadata, 'resourceVersion');
  if (version === undefined || version === '') throw new Error('the list has no version');
  for (const item of items(answer, 'items')) replacement.add(item);
  return { version, goOn: text(metadata, 'continue') ?? '' };
}
