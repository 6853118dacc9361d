/** `make simulate`: runs seeds from source, without a build. */
import '../support/from-source.ts';

const { main } = await import('./main.js');
process.exitCode = await main(process.argv.slice(2));
