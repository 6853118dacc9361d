/** A daemon in a process of its own that ends itself by SIGKILL at one of its writes. Its argument: a file of settings. */
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../../support/from-source.ts';
import type { FlowSettings } from './flow-life.js';
import type { Settings } from './life.js';

enableCompileCache(join(tmpdir(), 'holdfast-crash-cache'));

const settings = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Settings | FlowSettings;
if ('flow' in settings) {
  const { liveFlow } = await import('./flow-life.js');
  await liveFlow(settings);
} else {
  const { live } = await import('./life.js');
  await live(settings);
}
