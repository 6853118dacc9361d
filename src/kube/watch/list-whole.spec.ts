import { describe, expect, it, test } from '@jest/globals';
import { ApiError } from '../access/api-error.js';
import { listWhole, type ReadPage } from './list-whole.js';

interface Read {
  readonly version: string;
  readonly names: readonly unknown[];
  readonly asked: readonly string[];
}

/** Reads a list from a server that answers with these pages, one after the other. */
async function read(answer: (page: number, path: string) => unknown): Promise<Read> {
  const asked: string[] = [];
  let names: unknown[] = [];
  const page: ReadPage = (path) => {
    asked.push(path);
    return Promise.resolve(answer(asked.length, path));
  };
  const { version } = await listWhole(page, { path: '/pods', pageSize: 2 }, () => {
    names = [];
    return { add: (raw) => names.push(raw['name']), finish: () => [] };
  });
  return { version, names, asked };
}

function pageOf(names: readonly string[], goOn = ''): object {
  const metadata = { resourceVersion: '7', continue: goOn };
  return { metadata, items: names.map((name) => ({ name })) };
}

describe('a list', () => {
  it('is read page by page', async () => {
    const { version, names, asked } = await read((page) =>
      page === 1 ? pageOf(['a', 'b'], 'next') : pageOf(['c']),
    );
    expect([version, names]).toEqual(['7', ['a', 'b', 'c']]);
    expect(asked).toEqual(['/pods?limit=2', '/pods?limit=2&continue=next']);
  });

  it('is begun anew in one piece where its moment grew too old between two pages', async () => {
    const { names, asked } = await read((page) => {
      if (page === 2) throw new ApiError({ status: 410, reason: 'Expired', message: 'too old' });
      return page === 1 ? pageOf(['a', 'b'], 'next') : pageOf(['b', 'c']);
    });
    expect(names).toEqual(['b', 'c']);
    expect(asked.at(-1)).toBe('/pods?');
  });

  test.each([
    ['goes round in circles', () => pageOf(['a'], 'again'), 'the list goes round in circles'],
    [
      'has always another page',
      (page: number) => pageOf(['a'], `page-${page}`),
      'the list has no end after 2000 pages',
    ],
    ['has no version', () => ({ metadata: {}, items: [] }), 'the list has no version'],
    ['is none', () => ({ kind: 'Status' }), 'the answer is no list'],
  ])('that %s is refused', async (_name, answer, message) => {
    await expect(read(answer)).rejects.toThrow(message);
  });
});
