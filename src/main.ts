import { enableCompileCache } from 'node:module';
import { cacheFolder } from './config/environment.js';

// Compiled code is kept between runs: the start takes half the time.
enableCompileCache(`${cacheFolder()}/node`);
const { main } = await import('./main/main.js');
process.exitCode = await main(process.argv.slice(2));
