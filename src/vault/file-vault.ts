/** Keeps passwords that are being changed, in files that only we may read. */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account, Vault } from '../core/ports/index.js';
import { dropNext, keepNext, nextPassword, passwordIn, putNextInPlace } from './credentials-file.js';
import { privateFolder, writePrivate } from './private-file.js';

export interface FileVaultOptions {
  /** For what is no identity of ours, and for what `juju` reads. */
  readonly folder: string;
  /** The credentials files of our own identities that log in as this user; none for others. */
  readonly filesOf: (account: Account) => readonly string[];
}

const forJuju = 'for-juju-';

export function fileVault({ folder, filesOf }: FileVaultOptions): Vault {
  const isOwn = (account: Account): boolean => filesOf(account).length > 0;
  const pendingFile = (account: Account): string => join(folder, `${nameOf(account)}.json`);
  return {
    isOwn,
    current: async (account) => firstOf(filesOf(account), passwordIn),
    pending: async (account) =>
      isOwn(account) ? firstOf(filesOf(account), nextPassword) : passwordIn(pendingFile(account)),
    keep: async (account, password) => {
      for (const file of filesOf(account)) await keepNext(file, password);
      if (isOwn(account)) return;
      await privateFolder(folder);
      await writePrivate(pendingFile(account), JSON.stringify({ password }));
    },
    settle: async (account, password) => {
      for (const file of filesOf(account)) {
        // A crash may have come between two files: the one that is in place has nothing beside it any more.
        if ((await passwordIn(file)) === password) continue;
        if ((await nextPassword(file)) !== password) await keepNext(file, password);
        await putNextInPlace(file);
      }
      await rm(pendingFile(account), { force: true });
    },
    drop: async (account) => {
      for (const file of filesOf(account)) await dropNext(file);
      await rm(pendingFile(account), { force: true });
    },
    withFile: async (content, use) => {
      await privateFolder(folder);
      const path = join(folder, `${forJuju}${randomUUID()}.yaml`);
      try {
        await writePrivate(path, JSON.stringify(content));
        return await use(path);
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

/** Removes what a killed program before this one left for `juju` to read. */
export async function tidyVault(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names)
    if (name.startsWith(forJuju) || name.endsWith('.part')) await rm(join(folder, name), { force: true });
}

async function firstOf(
  files: readonly string[],
  read: (file: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  for (const file of files) {
    const found = await read(file);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameOf({ controller, user }: Account): string {
  return createHash('sha256')
    .update(JSON.stringify([controller, user]))
    .digest('hex')
    .slice(0, 32);
}
