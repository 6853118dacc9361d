import { branch, isRaw, text, type Raw } from './raw.js';

/** A million objects by pages of the usual size: no cluster has as many, and no server shall send some for ever. */
const mostPages = 2000;

export interface PagesAsked {
  readonly query?: Readonly<Record<string, string>>;
  /** Objects of one page; 0: all in one piece. */
  readonly pageSize: number;
}

/**
 * The pages of a list, one after the other, as the server gives them out.
 * @throws what `read` throws, and Error for an answer that is no list, or a list that does not end.
 */
export async function* pagesOf(
  read: (query: string) => Promise<unknown>,
  { query, pageSize }: PagesAsked,
): AsyncGenerator<Raw, void> {
  const parameters = new URLSearchParams(query);
  if (pageSize > 0) parameters.set('limit', String(pageSize));
  for (let count = 0; count < mostPages; count += 1) {
    const page = await read(parameters.toString());
    if (!isRaw(page) || !('metadata' in page)) throw new Error('the answer is no list');
    yield page;
    const next = text(branch(page, 'metadata'), 'continue') ?? '';
    if (next === '') return;
    if (next === parameters.get('continue')) throw new Error('the list goes round in circles');
    parameters.set('continue', next);
  }
  throw new Error(`the list has no end after ${mostPages} pages`);
}
