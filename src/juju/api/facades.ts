import type { Dict } from '../../core/dict.js';

/**
 * The facade versions whose calls and answers we read, lowest and highest. Within a range the calls that we make have
 * the same shape, or the readers know both (Juju 2.9, 3.x and 4.x).
 */
const spoken = {
  Client: [1, 8],
  AllWatcher: [1, 3],
  ModelManager: [5, 11],
  UserManager: [1, 3],
  Controller: [3, 14],
  Cloud: [2, 8],
  ApplicationOffers: [1, 6],
  Application: [1, 22],
  ModelConfig: [1, 4],
  Block: [2, 2],
  Secrets: [1, 2],
  KeyManager: [1, 1],
  Action: [6, 7],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type Facade = keyof typeof spoken;

/** The highest version that both sides speak, or undefined. Decided by what the login lists, never by Juju's version. */
export function negotiate(offered: Dict<readonly number[]>, facade: Facade): number | undefined {
  const [lowest, highest] = spoken[facade];
  const common = (offered[facade] ?? []).filter((version) => version >= lowest && version <= highest);
  return common.length === 0 ? undefined : Math.max(...common);
}
