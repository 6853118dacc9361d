/** A daemon in a process of its own that ends itself by SIGKILL at one of its writes. Its argument: a file of settings. */
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../../support/from-source.ts';

enableCompileCache(join(tmpdir(), 'holdfast-crash-cache'));

const { live } = await import('./life.js');
await live(process.argv[2] ?? '');
