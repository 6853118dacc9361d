/** Files with the credentials of our own identities, as the Juju Terraform provider spells their keys. */
import { readFile, realpath, rm } from 'node:fs/promises';
import { parseDocument, type Document } from 'yaml';
import { replaceFile, writePrivate } from './private-file.js';

/** Nothing of the text is put into words: they could hold the password. */
const quiet = { logLevel: 'silent', prettyErrors: false } as const;

/** Everything but the password stays as it was written. @throws Error that never quotes the content */
export async function keepNext(file: string, password: string): Promise<void> {
  const path = await realpath(file);
  const document = parseDocument(await readFile(path, 'utf8'), quiet);
  if (document.errors.length > 0 || typeof document.get('password') !== 'string')
    throw new Error(`${file} holds no password that could be replaced`);
  const text = withPassword(document, password);
  if (text === undefined) throw new Error(`${file} holds no password that could be replaced`);
  await writePrivate(nextTo(path), text).catch((error: unknown) => {
    throw new Error(
      `nothing can be written beside ${file} (${codeOf(error)}): change this password where the file comes from`,
    );
  });
}

/** Undefined where something else in the text refers to the password that goes, or to nothing. */
function withPassword(document: Document, password: string): string | undefined {
  try {
    const before = othersIn(document);
    document.set('password', password);
    const text = String(document);
    return othersIn(parseDocument(text, quiet)) === before ? text : undefined;
  } catch {
    return undefined;
  }
}

function othersIn(document: Document): string {
  return JSON.stringify({ ...(document.toJS() as object), password: '' });
}

/** The password that is to replace the file's; undefined where none is. */
export async function nextPassword(file: string): Promise<string | undefined> {
  const path = await realpath(file).catch(() => file);
  return passwordIn(nextTo(path));
}

/** The file's password. */
export async function passwordIn(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const password = parseDocument(text, quiet).get('password');
  return typeof password === 'string' ? password : undefined;
}

/** Puts the kept one in the file's place. */
export async function putNextInPlace(file: string): Promise<void> {
  const path = await realpath(file);
  await replaceFile(nextTo(path), path);
}

export async function dropNext(file: string): Promise<void> {
  const path = await realpath(file).catch(() => file);
  await rm(nextTo(path), { force: true });
}

function nextTo(path: string): string {
  return `${path}.next`;
}

function codeOf(error: unknown): string {
  return (error as Partial<NodeJS.ErrnoException>).code ?? 'unknown trouble';
}
