import { InputError } from '../core/input-error.js';
import type { Guide } from '../core/control.js';
import { observeOnly, type Policy } from '../core/policy/policy.js';
import { clean } from './render/text.js';
import type { Services } from './services.js';

/** The policy file that is in force for this run, if any. */
export function policyFileOf(options: { readonly policy?: string }, services: Services): string | undefined {
  return options.policy ?? services.environment.policyFile;
}

/**
 * The policy of a run, held against the guides; one that only looks when there is no file.
 * @throws InputError with every mistake.
 */
export async function policyOf(
  file: string | undefined,
  guides: readonly Guide[],
  services: Services,
  use: 'controllers' | 'rules',
): Promise<Policy> {
  if (file === undefined) return observeOnly;
  const { loadPolicy } = await import('../config/policy/load.js');
  const { policyMistakes } = await import('../config/policy/against-guides.js');
  const { policy, notes } = loadPolicy(file, {
    credentials: use === 'controllers' ? 'required' : 'optional',
  });
  policyMistakes(policy, guides, file);
  for (const note of notes) services.io.err(`${clean(`${file}: ${note}`)}\n`);
  if (use === 'controllers' && policy.controllers.length === 0)
    throw new InputError(`${file} names no controllers: give it some, or name a source such as --juju`);
  return policy;
}
