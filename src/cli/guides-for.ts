import { controlFolders } from '../config/policy/control-folders.js';
import type { Guide } from '../core/control.js';
import type { Services } from './services.js';

/**
 * The guides, with the custom controls in the folders that the policy and the command line name.
 * @throws InputError with every mistake in them.
 */
export function guidesFor(
  policyFile: string | undefined,
  services: Services,
  folders: readonly string[] = [],
): Promise<readonly Guide[]> {
  const ofPolicy = policyFile === undefined ? [] : controlFolders(policyFile);
  return services.guides([...new Set([...ofPolicy, ...folders])]);
}
