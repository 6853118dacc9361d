import { enableCompileCache } from 'node:module';
import { cacheFolder } from './config/environment.js';
import { trustOwnModules } from './main/own-modules.js';

// Compiled code is kept between runs: the start takes half the time.
enableCompileCache(`${cacheFolder()}/node`);
trustOwnModules();
const { main } = await import('./main/main.js');
process.exitCode = await main(process.argv.slice(2));
