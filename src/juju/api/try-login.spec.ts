import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { realClock } from '../../../test/support/real-clock.js';
import { recordingLog } from '../../../test/support/juju-connection.js';
import { startSimulator, type SimulatedController, type Simulator } from '../../simulator/index.js';
import { connectionDefaults } from './settings.js';
import { tryLogin } from './try-login.js';

const estate = {
  controllers: [{ name: 'lab', flavour: '4.0', users: [{ name: 'bob' }], models: [] }],
} as const;

describe('a login that is only tried', () => {
  let simulator: Simulator;
  let lab: SimulatedController;
  const log = recordingLog();

  beforeAll(async () => {
    simulator = await startSimulator({ estate });
    lab = simulator.controller('lab');
  });
  afterAll(() => simulator.close());

  function attempt(user: string, password: string, addresses = lab.addresses) {
    const settings = { ...connectionDefaults, connectTimeout: 2000, loginTimeout: 500 };
    const context = { clock: realClock(), log, settings, purpose: 'test', clientVersion: '1.2.3' };
    return tryLogin(
      { endpoint: { addresses, caCert: lab.caCert }, credentials: { user, password } },
      context,
    );
  }

  const right = () => lab.credentials['bob']?.password ?? '';

  test('is let in with the password, and refused with another', async () => {
    expect(await attempt('bob', right())).toBe('accepted');
    expect(await attempt('bob', 'former-password-01234')).toBe('refused');
    expect(await attempt('nobody', right())).toBe('refused');
  });

  it('is not known where nobody listens', async () => {
    expect(await attempt('bob', right(), ['127.0.0.1:1'])).toBe('unknown');
  });

  it('is not known where the controller lets nobody in, or says nothing', async () => {
    lab.faults.upgrade('logins');
    expect(await attempt('bob', right())).toBe('unknown');
    await lab.faults.clear();
    lab.faults.silent(true);
    expect(await attempt('bob', right())).toBe('unknown');
    await lab.faults.clear();
    expect(await attempt('bob', right())).toBe('accepted');
  });

  it('tells the log nothing of passwords', () => {
    expect(log.lines.join('\n')).not.toContain(right());
    expect(log.lines.join('\n')).not.toContain('former-password');
  });
});
