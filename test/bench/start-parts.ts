/** Started anew for each measurement: prints as JSON when (ms since the process began) each part of an audit is done. */
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

const parts: Record<string, number> = { 'Node itself': performance.now() };
enableCompileCache(process.argv[3]);
const dist = (path: string): string => new URL(`../../dist/${path}`, import.meta.url).href;
const { trustOwnModules } = (await import(dist('main/own-modules.js'))) as { trustOwnModules: () => void };
trustOwnModules();
await import(dist('main/main.js'));
parts['command line'] = performance.now();
await import('zod');
parts['zod'] = performance.now();
await import(dist('guides/index.js'));
parts['guides'] = performance.now();
const { audit } = await import('./program.ts');
parts['knowledge and the rest'] = performance.now();
const text = readFileSync(process.argv[2] ?? '', 'utf8');
audit(text);
parts['reading and judging'] = performance.now();
console.log(JSON.stringify(parts));
