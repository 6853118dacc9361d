/** What a change of passwords needs, without files: a vault in memory, and logins at the simulated controllers. */
import type { RotationPorts, Vault } from '../../../src/core/ports/index.js';
import { openSession } from '../../../src/simulator/api/session.js';
import type { World } from '../../../src/simulator/world/state.js';
import { controllerIn } from './world-text.js';

export interface MemoryRotation extends RotationPorts {
  /** What `juju` reads at a path that the vault handed out. */
  readonly files: ReadonlyMap<string, string>;
}

export function memoryRotation(world: World): MemoryRotation {
  const files = new Map<string, string>();
  let made = 0;
  return {
    files,
    vault: memoryVault(files),
    newPassword: () => `new-password-${String((made += 1)).padStart(8, '0')}`,
    adopt: () => undefined,
    tryLogin: async (controller, { user, password }) => {
      const session = openSession({ controller: controllerIn(world, controller) });
      const params = { 'auth-tag': `user-${user}`, credentials: password };
      const login = { 'request-id': 1, type: 'Admin', version: 3, request: 'Login', params };
      const reply = await session.request(login);
      session.close();
      return reply.error === undefined ? 'accepted' : 'refused';
    },
  };
}

/** Of accounts that are none of our own. */
function memoryVault(files: Map<string, string>): Vault {
  const kept = new Map<string, string>();
  const settled = (user: string): Promise<void> => {
    kept.delete(user);
    return Promise.resolve();
  };
  return {
    isOwn: () => false,
    current: () => Promise.resolve(undefined),
    pending: ({ user }) => Promise.resolve(kept.get(user)),
    keep: ({ user }, password) => Promise.resolve(void kept.set(user, password)),
    settle: ({ user }) => settled(user),
    drop: ({ user }) => settled(user),
    withFile: async (content, use) => {
      const path = `/memory/${files.size}.yaml`;
      files.set(path, JSON.stringify(content));
      return use(path);
    },
  };
}
