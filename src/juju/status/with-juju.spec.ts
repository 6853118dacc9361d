import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { realClock } from '../../../test/support/real-clock.js';
import { InputError } from '../../core/input-error.js';
import type { Snapshot } from '../../core/snapshot.js';
import { readLoggedIn } from './with-juju.js';

const root = mkdtempSync(join(tmpdir(), 'holdfast-own-juju-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

let folders = 0;

/** Reads with a `juju` on PATH that is this shell script. */
function readWith(body: string | undefined): Promise<Snapshot> {
  const folder = mkdtempSync(join(root, `path-${(folders += 1)}-`));
  if (body !== undefined) {
    writeFileSync(join(folder, 'juju'), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, 'juju'), 0o755);
  }
  const environment = { PATH: `${folder}:/usr/bin:/bin`, HOME: folder, JUJU_DATA: join(folder, 'data') };
  return readLoggedIn({
    searchPath: folder,
    environment,
    temporaryDirectory: folder,
    clock: realClock(),
    progress: () => undefined,
  });
}

const answers = `
[ "$JUJU_DATA" = "$HOME/data" ] || exit 9
case "$1" in
  whoami) echo '{"controller":"lab","model":"dev","user":"admin"}' ;;
  show-controller) echo '{"lab":{"details":{"uuid":"u","agent-version":"3.6.28"},"account":{"user":"admin","access":"superuser"}}}' ;;
  models) echo '{"models":[{"name":"admin/dev","model-uuid":"m","type":"lxd"}]}' ;;
  status) echo '{"model":{"name":"dev","controller":"lab"},"machines":{},"applications":{}}' ;;
  *) echo 'ERROR permission denied (unauthorized access)' >&2; exit 1 ;;
esac`;

describe('readLoggedIn', () => {
  test("asks the caller's own juju with the caller's own data", async () => {
    const lab = (await readWith(answers)).controllers['lab']!;
    expect(lab.info).toMatchObject({ value: { version: '3.6.28' } });
    expect(lab.models['dev']!.info).toMatchObject({ value: { owner: 'admin', provider: 'lxd' } });
    expect(lab.models['dev']!.secrets).toMatchObject({ unknown: { permission: 'model read' } });
  });

  test.each([
    ['there is no juju', undefined, /^no juju found: install it/],
    [
      'nobody is logged in',
      'echo "There is no current controller." >&2',
      /not logged in to a controller \(There is no current controller\.\): run "juju login"/,
    ],
    ['whoami fails', 'echo "ERROR broken" >&2; exit 1', /not logged in to a controller \(broken\)/],
  ])('says so when %s', async (_, body, message) => {
    await expect(readWith(body)).rejects.toThrow(InputError);
    await expect(readWith(body)).rejects.toThrow(message);
  });
});
