/** Lets Node run the sources as they are: they import each other by the names that they have once built. */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('.') || !specifier.endsWith('.js') || context.parentURL === undefined)
      return next(specifier, context);
    const source = new URL(`${specifier.slice(0, -3)}.ts`, context.parentURL);
    return next(existsSync(fileURLToPath(source)) ? source.href : specifier, context);
  },
});
