/** Lets a Node that is started with `--import` of this file run our TypeScript: `./x.js` is found as `./x.ts`. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (!/^\.{1,2}\/.*\.js$/.test(specifier) || context.parentURL?.includes('/node_modules/') !== false)
      return next(specifier, context);
    return next(specifier.replace(/\.js$/, '.ts'), context);
  },
});
