import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEstate, runCli, type Ran } from '../../test/support/cli.js';
import { stack } from '../../test/support/stack.js';
import { readSnapshotText } from '../config/snapshot.js';
import type { WatchedStack } from '../core/policy/observability.js';
import type { Roads, StackLook } from './services.js';

let folder: string;
let asked: readonly WatchedStack[];
let look: StackLook | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-stacks-'));
  asked = [];
  look = undefined;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const roads: Roads = {
  juju: () => Promise.resolve(openEstate()),
  controllers: () => Promise.resolve(openEstate()),
  stacks: (stacks, given) => {
    asked = stacks;
    look = given;
    given.progress('stack cos: loki answers /config with 403');
    return Promise.resolve({ cos: stack('etcd') });
  },
};

function run(argv: readonly string[]): Promise<Ran> {
  return runCli(argv, { services: { roads } });
}

function policy(): string {
  const login = join(folder, 'observer.yaml');
  writeFileSync(login, 'username: watcher\npassword: canary\n', { mode: 0o600 });
  writeFileSync(join(folder, 'token'), 'canary-token', { mode: 0o600 });
  const file = join(folder, 'holdfast.yaml');
  const servers =
    'prometheus: { url: "https://cos.example/prometheus-0", bearerTokenFile: token }, loki: { url: "http://loki:3100" }';
  writeFileSync(
    file,
    `kind: Policy\nversion: v1\ncontrollers: [{ name: prod, addresses: ["a:1"], identities: { observer: { credentialsFile: ${login} } } }]\nobservability: [{ name: cos, match: { model: "data*" }, ${servers} }]\n`,
  );
  return file;
}

describe('a look at observability stacks', () => {
  it('is taken at those of the policy whose controllers are asked, and at no other time', async () => {
    await run(['audit', '--policy', policy()]);
    expect([asked.map(({ name }) => name), Object.keys(look?.controllers ?? {})]).toEqual([
      ['cos'],
      ['prod'],
    ]);
    asked = [];
    await run(['audit', '--juju', '--policy', policy()]);
    expect(asked).toEqual([]);
  });

  it('goes into the snapshot, which can be read again, and its troubles onto standard error', async () => {
    const { out, err } = await run(['snapshot', '--policy', policy()]);
    expect(err).toContain('stack cos: loki answers /config with 403');
    expect(readSnapshotText(out, 'saved').observability).toEqual({ cos: stack('etcd') });
  });

  it('leaves unknown what a saved snapshot does not hold of it', async () => {
    const { out } = await run(['snapshot', '--policy', policy()]);
    const saved = JSON.parse(out) as { observability: { cos: Record<string, unknown> } };
    delete saved.observability.cos['routing'];
    const read = readSnapshotText(JSON.stringify(saved), 'saved');
    expect(read.observability?.['cos']?.routing).toMatchObject({
      unknown: { reason: 'the snapshot does not hold routing' },
    });
  });
});

describe('policy check', () => {
  it('names the stacks, where they are asked, and what is not, without a secret', async () => {
    const file = policy();
    const { code, out } = await run(['policy', 'check', file]);
    expect(code).toBe(0);
    expect(out.replace(/\n +/g, ' ')).toContain(
      'cos: prometheus at cos.example, loki at loki:3100 (not encrypted), every 2m, for model data*; not asked: alertmanager',
    );
    const { out: json } = await run(['policy', 'check', file, '--format', 'json']);
    expect((JSON.parse(json) as { readonly observability: unknown }).observability).toEqual([
      {
        name: 'cos',
        match: { model: 'data*' },
        interval: 120,
        servers: [
          { part: 'prometheus', host: 'cos.example', encrypted: true },
          { part: 'loki', host: 'loki:3100', encrypted: false },
        ],
      },
    ]);
    expect(out + json).not.toContain('canary');
  });
});
