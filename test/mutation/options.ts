/** What `make mutation` can be asked for. */
import { parseArgs } from 'node:util';
import { root } from './hooks.js';

export interface Options {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  /** Milliseconds; Infinity for all of them. */
  readonly time: number;
  readonly seed: number;
  readonly lanes: number;
  /** The files that results are written to, without `.md` and `.json`. */
  readonly into: string;
  /** Mutants at most. */
  readonly count: number;
}

/**
 * `--folder A[,B]`, `--files A[,B]`, `--minutes M`, `--count N`, `--seed N`, `--lanes N` threads at once, `--into` files named
 * so in build/.
 */
export function optionsOf(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      folder: { type: 'string', default: 'src/core,src/guides' },
      files: { type: 'string', default: '' },
      minutes: { type: 'string', default: 'Infinity' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      lanes: { type: 'string', default: '1' },
      into: { type: 'string', default: 'mutation' },
      count: { type: 'string', default: 'Infinity' },
    },
  });
  return {
    folders: values.folder.split(','),
    files: values.files.split(',').filter((file) => file !== ''),
    time: Number(values.minutes) * 60_000,
    seed: Number(values.seed),
    lanes: Number(values.lanes),
    into: `${root}build/${values.into}`,
    count: Number(values.count),
  };
}
