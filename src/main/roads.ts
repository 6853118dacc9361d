import { tmpdir } from 'node:os';
import type { Roads } from '../cli/services.js';
import { systemClock } from './system.js';

/** The roads to a snapshot, each loaded when it is taken. */
export const roads: Roads = {
  status: async (content, origin) =>
    (await import('../juju/status/read-status.js')).readStatusText(content, origin),
  bundle: async (content, origin) =>
    (await import('../juju/status/read-bundle.js')).readBundleText(content, origin),
  juju: async ({ environment, progress }) => {
    const { readLoggedIn } = await import('../juju/status/with-juju.js');
    const { searchPath, jujuVariables } = environment;
    const own = { searchPath, environment: jujuVariables, temporaryDirectory: tmpdir() };
    return readLoggedIn({ ...own, clock: systemClock, progress });
  },
  controllers: async (policy, look) =>
    (await import('./look-once.js')).lookOnce(policy, { ...look, clock: systemClock }),
};
