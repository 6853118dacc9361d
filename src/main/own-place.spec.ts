import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { observeOnly } from '../core/policy/policy.js';
import { webDefaults } from '../core/policy/web.js';
import { ownPlaceOf } from './own-place.js';

let stateDir: string;
let policyFile: string;
const listen = { host: '127.0.0.1', port: 8420 };

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'holdfast-own-place-'));
  policyFile = join(stateDir, 'holdfast.yaml');
  writeFileSync(policyFile, '', { mode: 0o644 });
});
afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

describe('where we run', () => {
  it('tells the modes of what is there, as they are now', () => {
    const look = ownPlaceOf({ policyFile, environment: { stateDir, listen } });
    expect(look(observeOnly).files).toEqual([{ what: 'the policy', mode: 0o644, secret: false }]);
    writeFileSync(join(stateDir, 'journal.sqlite'), '', { mode: 0o600 });
    mkdirSync(join(stateDir, 'rotation'), { mode: 0o700 });
    writeFileSync(join(stateDir, 'rotation', 'a.json'), '', { mode: 0o600 });
    chmodSync(policyFile, 0o666);
    expect(look(observeOnly).files.map(({ what, mode, secret }) => [what, mode.toString(8), secret])).toEqual(
      [
        ['the policy', '666', false],
        ['the journal', '600', true],
        ['the folder of passwords under change', '700', true],
        ['a password under change', '600', true],
      ],
    );
  });

  it('tells who may reach the page, and whether TLS is spoken there', () => {
    const pageAt = (host: string, web = webDefaults) =>
      ownPlaceOf({ policyFile, environment: { stateDir, listen: { ...listen, host } } })({
        ...observeOnly,
        web,
      }).page;
    expect([pageAt('127.0.0.1'), pageAt('0.0.0.0'), pageAt('::', { ...webDefaults, proxied: true })]).toEqual(
      [
        { reach: 'loopback', encrypted: false },
        { reach: 'network', encrypted: false },
        { reach: 'network', encrypted: true },
      ],
    );
  });
});
