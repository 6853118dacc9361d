import { newDict, type Dict } from '../../core/dict.js';
import type { FileStanding } from '../../core/evidence/etcd.js';
import { linesOf, ParseError, word } from './parse-error.js';

const form = /^(\d{1,5}) (\S+) (\S+) (\/.*)$/;

/** Lines of `stat -c '%a %U %G %n'`, by path; of what is not there none is printed. @throws ParseError */
export function parseStanding(text: string): Dict<FileStanding> {
  const files = newDict<FileStanding>();
  for (const line of linesOf(text)) {
    if (line === '') continue;
    const [, mode = '', owner = '', group = '', path = ''] = form.exec(line) ?? [];
    if (!/^[0-7]+$/.test(mode)) throw new ParseError('holds a line that stat does not print');
    files[path] = { path, mode: parseInt(mode, 8), owner: word(owner), group: word(group) };
  }
  return files;
}
