import { EtcdSourceError, most } from './etcd-source-error.js';

/**
 * The words of a command line as a shell parts them: blanks, quotes, backslashes. A word that is a variable stays one.
 * @throws EtcdSourceError for a quote without its end, or too many words.
 */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  const part = /\s+|((?:\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|[^\s'"\\])+)|(['"\\])/g;
  for (const [, word, loose] of line.matchAll(part)) {
    if (loose !== undefined)
      throw new EtcdSourceError(
        `the arguments hold ${loose === '\\' ? 'a backslash' : 'a quote'} without its end`,
      );
    if (word !== undefined) words.push(unquoted(word));
    if (words.length > most.words)
      throw new EtcdSourceError(`the arguments are more than ${most.words} words`);
  }
  return words;
}

function unquoted(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])/g,
    (_, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? (escaped === '\n' ? '' : (escaped ?? '')),
  );
}
