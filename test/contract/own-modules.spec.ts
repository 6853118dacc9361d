/** Modules of ours are found without asking the file system: they have to be the ones that Node itself would find. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const dist = (path: string): string => new URL(`../../dist/${path}`, import.meta.url).href;

/** Prints every module that is loaded, as address and format. */
const loads = `
  import { registerHooks } from 'node:module';
  const [hook, ...entries] = process.argv.slice(1);
  const seen = new Set();
  const load = (url, context, next) => {
    const loaded = next(url, context);
    if (loaded.format !== 'builtin') seen.add((loaded.format ?? 'required') + ' ' + url);
    return loaded;
  };
  const { trustOwnModules } = await import(hook);
  registerHooks({ load });
  if (process.env.TRUST === 'yes') trustOwnModules();
  for (const entry of entries) await import(entry);
  console.log(JSON.stringify([...seen].sort()));
`;

function loaded(trust: 'yes' | 'no', entries: readonly string[], hook = dist('main/own-modules.js')) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', loads, hook, ...entries],
    { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', TRUST: trust } },
  );
  return { status, stderr, modules: status === 0 ? (JSON.parse(stdout) as readonly string[]) : [] };
}

describe('the names of modules of ours taken as they stand', () => {
  let root = '';
  const at = (path: string): string => pathToFileURL(join(root, path)).href;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'holdfast-modules-'));
    await mkdir(join(root, 'main'));
    await mkdir(join(root, 'node_modules/older'), { recursive: true });
    await writeFile(join(root, 'package.json'), '{"type": "module"}');
    await cp(new URL(dist('main/own-modules.js')), join(root, 'main/own-modules.js'));
    await writeFile(join(root, 'entry.js'), "import './beside.js'; import 'older';");
    await writeFile(join(root, 'beside.js'), 'export {};');
    await writeFile(join(root, 'lost.js'), "import './gone.js';");
    await writeFile(join(root, 'node_modules/older/package.json'), '{"main": "index.js"}');
    await writeFile(join(root, 'node_modules/older/index.js'), "module.exports = require('./part.js');");
    await writeFile(join(root, 'node_modules/older/part.js'), 'module.exports = 1;');
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('loads the same modules, in the same format, as Node by itself', () => {
    const entries = ['main/main.js', 'guides/index.js', 'cli/survey.js', 'config/knowledge.js'].map(dist);
    const trusting = loaded('yes', entries);
    expect(trusting.modules.length).toBeGreaterThan(300);
    expect(trusting.modules).toEqual(loaded('no', entries).modules);
  });

  it('leaves packages alone, those of the older kind among them', () => {
    const { modules } = loaded('yes', [at('entry.js')], at('main/own-modules.js'));
    expect(modules).toEqual([
      `commonjs ${at('node_modules/older/index.js')}`,
      `module ${at('beside.js')}`,
      `module ${at('entry.js')}`,
      `required ${at('node_modules/older/part.js')}`,
    ]);
  });

  it('still ends where a module is missing, and names it', () => {
    const { status, stderr } = loaded('yes', [at('lost.js')], at('main/own-modules.js'));
    expect(status).toBe(1);
    expect(stderr).toContain('gone.js');
  });
});
