import { InputError } from '../core/input-error.js';
import { readTextFile } from './read-file.js';

/** The text of a file with one PEM certificate or several. @throws InputError */
export function certificatesIn(file: string): string {
  const { content } = readTextFile(file);
  if (!content.includes('-----BEGIN CERTIFICATE-----'))
    throw new InputError(`${file} holds no PEM certificate: name a file with its BEGIN CERTIFICATE line`);
  return content;
}
