/** The built program, killed while it changes its own password: what a person finds afterwards works. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { EstateSpec } from '../../src/simulator/index.js';
import { ask } from '../support/ask.js';
import { until } from '../support/processes.js';
import { rigUsers } from '../support/rig.js';
import { filesBelow, passwordIn, Stage } from '../support/rotation-stage.js';

const estate: EstateSpec = {
  controllers: [{ name: 'lab', flavour: '4.0', users: rigUsers, models: [] }],
};

const onlyObserver = `
rotation: [{ match: { user: observer }, every: 1d }]
rules: [{ match: { control: JUJU-USER-04 }, mode: enforce }]
pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s, verifyLook: 500ms, quiet: 1s, retryFirst: 1s, verifyDeadline: 600s }
`;

describe('killed in the middle', () => {
  it.concurrent.each(['after', 'before'])(
    'right %s our own password is changed: the next start works with the one in force, and ends with a new one',
    async (moment) => {
      const stage = await Stage.make(estate, onlyObserver);
      try {
        const user = stage.controller.users.get('observer');
        const before = user?.password;
        await writeFile(stage.juju.trap, moment);
        const { child } = stage.start();
        await stage.untilApproved('it is killed', () => child.signalCode === 'SIGKILL');
        expect(user?.password === before).toBe(moment === 'before');
        const inForce = user?.password;

        stage.start();
        const page = await stage.page();
        await until('it is ready', async () => (await ask(`${page}/readyz`)).status === 200);
        await stage.untilApproved('it is changed', async () => {
          const [last] = (await stage.approveAll()).slice(-1);
          return last?.state === 'Succeeded';
        });
        if (moment === 'after') expect(user?.password).toBe(inForce);
        else expect(user?.password).not.toBe(inForce);
        const file = await readFile(join(stage.folder, 'observer.yaml'), 'utf8');
        expect(passwordIn(file)).toBe(user?.password);
        const calls = (await readFile(stage.juju.seen, 'utf8')).split('\n');
        const begun = calls.filter((line) => line.startsWith('call change-user-password')).length;
        expect(begun).toBe(moment === 'after' ? 2 : 3);
        expect((await filesBelow(stage.folder)).filter((name) => name.endsWith('.next'))).toEqual([]);
      } finally {
        await stage.close();
      }
    },
  );
});
