/** `make mutation`: changes core/ and guides/ one place at a time and tells what no test noticed. FOLDER=, FILES=, MINUTES=, SEED=. */
import '../support/from-source.ts';

const { main } = await import('./main.js');
process.exitCode = await main(process.argv.slice(2));
