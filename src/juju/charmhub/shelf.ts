/** Answers of Charmhub in files of a cache folder, one for each charm: they may be deleted at any time. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CharmListing } from '../../core/charmhub/listing.js';
import type { Fact } from '../../core/fact.js';
import type { ListingShelf } from '../../core/ports/index.js';
import { isApplication } from '../cli/names.js';
import { branch, isBranch, text } from '../status/json.js';

/** A file that is larger was not written by us. */
const largest = 1024 * 1024;

export function listingShelf(folder: string): ListingShelf {
  return {
    read: async (charm) => {
      if (!isApplication(charm)) return undefined;
      const content = await readFile(fileOf(folder, charm), 'utf8').catch(() => '');
      return content.length > largest ? undefined : factIn(content, charm);
    },
    write: async (charm, fact) => {
      if (!isApplication(charm)) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = fileOf(folder, charm);
      const fresh = `${file}.${process.pid}.new`;
      await writeFile(fresh, JSON.stringify({ kind: 'CharmListing', version: 'v1', fact }), { mode: 0o600 });
      await rename(fresh, file);
    },
  };
}

function fileOf(folder: string, charm: string): string {
  return join(folder, `${charm}.json`);
}

function factIn(content: string, charm: string): Fact<CharmListing> | undefined {
  let document: unknown;
  try {
    document = JSON.parse(content);
  } catch {
    return undefined;
  }
  const { version, fact } = branch(document);
  const { value, at } = branch(fact);
  return version === 'v1' && text(at) !== '' && isListing(value, charm)
    ? (fact as Fact<CharmListing>)
    : undefined;
}

function isListing(value: unknown, charm: string): boolean {
  const { name, askedAt, publisher, listed, releases, former } = branch(value);
  const dated = !Number.isNaN(Date.parse(text(askedAt)));
  const parts = [releases, former].every((list) => Array.isArray(list) && list.every(isRelease));
  return name === charm && dated && typeof publisher === 'string' && typeof listed === 'boolean' && parts;
}

function isRelease(value: unknown): boolean {
  const { track, risk, revision, architectures, bases } = isBranch(value) ? value : {};
  const lists = Array.isArray(architectures) && Array.isArray(bases);
  return typeof track === 'string' && typeof risk === 'string' && typeof revision === 'number' && lists;
}
