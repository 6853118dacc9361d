/**
 * Started anew for each measurement: prints how many milliseconds the first audit in a process takes, or the first
 * `JSON.parse` of the same bytes. Compiled code is kept between runs in the folder named second, as the program does.
 */
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

enableCompileCache(process.argv[3]);
const { audit } = await import('./program.ts');
const text = readFileSync(process.argv[2] ?? '', 'utf8');
const work = process.argv[4] === 'parse' ? JSON.parse : audit;
const begin = performance.now();
work(text);
console.log(performance.now() - begin);
