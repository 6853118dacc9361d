/** `make fuzz`: reads inputs without end for a while, from source. MINUTES=, TARGET=, SEED=. */
import '../support/from-source.ts';

const { main } = await import('./main.js');
process.exitCode = await main(process.argv.slice(2));
