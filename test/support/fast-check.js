/**
 * What tests get for `fast-check`: properties are tried on the same values each time, so that a run that fails says
 * something of what was changed. `HOLDFAST_SEED=7 make test` tries others; `make fuzz` and `make simulate` go further.
 */
import fc from '../../node_modules/fast-check/lib/fast-check.js';

fc.configureGlobal({ seed: Number(process.env.HOLDFAST_SEED ?? 20_261_122) });

export * from '../../node_modules/fast-check/lib/fast-check.js';
export default fc;
