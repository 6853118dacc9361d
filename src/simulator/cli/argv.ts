/** The client's command line: options anywhere, `--name value` or `--name=value`, and `--` ends them. */
import { CliError } from './cli-error.js';

/** Option to whether it takes a value. */
export type Options = Readonly<Record<string, 'text' | 'flag'>>;

export interface Parsed {
  readonly positional: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

const aliases: Readonly<Record<string, string>> = {
  m: 'model',
  c: 'controller',
  o: 'output',
  q: 'quiet',
  B: 'no-browser-login',
  u: 'unit',
  a: 'application',
};

/** Options that every command knows. */
const common: Options = {
  output: 'text',
  quiet: 'flag',
  'no-browser-login': 'flag',
  color: 'flag',
  verbose: 'flag',
};

/** @throws CliError with exit code 2 for an option that the command does not have. */
export function parseArgv(argv: readonly string[], known: Options): Parsed {
  const positional: string[] = [];
  const options: Record<string, string> = {};
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (word === '--') {
      positional.push(...argv.slice(index + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      positional.push(word);
      continue;
    }
    const option = readOption(word, known);
    if (option.value !== undefined) options[option.name] = option.value;
    else if (option.takesValue) options[option.name] = argv[(index += 1)] ?? missing(word);
    else options[option.name] = 'true';
  }
  return { positional, options };
}

interface Option {
  readonly name: string;
  readonly value?: string;
  readonly takesValue: boolean;
}

function readOption(word: string, known: Options): Option {
  const [dashed = '', ...rest] = word.split('=');
  const short = dashed.replace(/^--?/, '');
  const name = dashed.startsWith('--') ? short : (aliases[short] ?? short);
  const kind = known[name] ?? common[name];
  if (kind === undefined) throw new CliError(`option provided but not defined: ${dashed}`, 2);
  const value = rest.length > 0 ? { value: rest.join('=') } : {};
  return { name, ...value, takesValue: kind === 'text' };
}

function missing(word: string): never {
  throw new CliError(`option needs an argument: ${word}`, 2);
}
