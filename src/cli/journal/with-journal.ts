import { type Command } from 'commander';
import { InputError } from '../../core/input-error.js';
import type { Journal } from '../../core/ports/index.js';
import type { Services } from '../services.js';

export interface StateOptions {
  readonly stateDir?: string;
}

export function addStateOption(command: Command): Command {
  return command.option('--state-dir <dir>', 'where the daemon keeps its state (HOLDFAST_STATE_DIR)');
}

/** Opens the daemon's journal, beside the daemon or without it, and closes it. @throws InputError */
export async function withJournal<T>(
  { stateDir }: StateOptions,
  { journal: access, environment }: Services,
  use: (journal: Journal) => Promise<T>,
): Promise<T> {
  if (access === undefined) throw new InputError('this build keeps no journal');
  const journal = await access.open(stateDir ?? environment.stateDir);
  try {
    return await use(journal);
  } catch (error) {
    const health = journal.health();
    throw health.state === 'ok' ? error : new InputError(health.reason);
  } finally {
    await journal.close();
  }
}
