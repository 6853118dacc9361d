import { assertText, EtcdSourceError, most } from './etcd-source-error.js';
import { quoted } from './option-value.js';
import { shellWords } from './words.js';

/**
 * etcd's own arguments in a command line, as `ps -o args=` shows it or a unit file holds it: with the program's name or
 * without.
 * @throws EtcdSourceError when the program is another one, or when somebody else has yet to fill in variables.
 */
export function etcdArguments(line: string): readonly string[] {
  assertText(line, most.environmentBytes, 'the command line');
  const words = shellWords(line);
  const [first] = words;
  const args = first === undefined || first.startsWith('-') ? words : afterProgram(first, words);
  const variable = args.find((word) => /(^|=)\$(\w|\{|\()/.test(word));
  if (variable !== undefined)
    throw new EtcdSourceError(
      `the arguments hold ${quoted(variable)}, which somebody else fills in: give them as the process has them, as 'ps -o args= -p PID' shows`,
    );
  return args;
}

function afterProgram(program: string, words: readonly string[]): readonly string[] {
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (name === 'etcd') return words.slice(1);
  throw new EtcdSourceError(`the arguments are those of ${quoted(name)}, which is not etcd`);
}
