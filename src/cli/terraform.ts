import type { Command } from 'commander';
import { readTextFile } from '../config/read-file.js';
import { InputError } from '../core/input-error.js';
import type { Plan } from '../core/plan.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Services } from './services.js';

export interface TerraformOptions {
  readonly terraformState?: string;
}

export function addTerraformOption(command: Command): Command {
  return command.option(
    '--terraform-state <file>',
    'with --format terraform: a state or plan, as `terraform show -json` prints it, for the names of resources',
  );
}

/** The plans as HCL. @throws InputError when the state cannot be read. */
export async function terraformText(
  made: { readonly plans: readonly Plan[]; readonly snapshot: Snapshot },
  { terraformState: file }: TerraformOptions,
  services: Services,
): Promise<string> {
  if (services.terraform === undefined)
    throw new InputError('--format terraform is not available in this build');
  const state = file === undefined ? {} : { state: { content: readTextFile(file).content, source: file } };
  return services.terraform({ plans: made.plans, snapshot: made.snapshot, ...state });
}
