/** Files that only their owner may read, written in one stroke. */
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes it anew and to disk; whoever reads meanwhile sees nothing or all of it, and a failure leaves nothing behind. */
export async function writePrivate(path: string, content: string): Promise<void> {
  const fresh = `${path}.part`;
  try {
    await writeFresh(fresh, content);
    await replaceFile(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

async function writeFresh(fresh: string, content: string): Promise<void> {
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Puts one file in the place of another, so that it stays there when the machine ends. */
export async function replaceFile(from: string, to: string): Promise<void> {
  await rename(from, to);
  const folder = await open(dirname(to), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}
