/** Has this thread load the wanted files with their mutants, and specs with our stand-in for Jest. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { instrumented } from './instrument.js';

export interface Numbered {
  /** From the root of the checkout. */
  readonly file: string;
  /** The number of its first mutant. */
  readonly first: number;
}

/** The root of the checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export function loadMutants(files: readonly Numbered[], isChosen: (id: number) => boolean): void {
  const numbered = new Map(files.map(({ file, first }) => [file, first]));
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '@jest/globals'
        ? { url: new URL('suite.ts', import.meta.url).href, shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) => {
      const file = url.startsWith('file:') ? fileURLToPath(url).slice(root.length) : url;
      const first = numbered.get(file);
      if (first === undefined) return next(url, context);
      const text = readFileSync(root + file, 'utf8');
      const source = instrumented(file, text, first, isChosen);
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
