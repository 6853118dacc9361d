import { Command } from 'commander';
import { pause, pauseText } from '../../core/orders/pause.js';
import { emit, jsonText } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import type { Services } from '../services.js';
import { addPersonOptions, sayingOf, type PersonOptions } from './person.js';
import { addStateOption, withJournal, type StateOptions } from './with-journal.js';

interface PauseOptions extends PersonOptions, StateOptions, OutputOptions {
  readonly controller?: string;
  readonly model?: string;
  readonly until?: string;
  readonly for?: string;
}

const examples = `
Nothing is changed while it lasts; looking, judging and telling go on. A step that runs
already is finished and verified.

Examples:
  holdfast pause --reason "incident 77"
  holdfast pause --controller prod --model data --for 2h`;

/** `holdfast pause`: nothing is changed until it is lifted or over. */
export function pauseCommand(services: Services, finish: Finish): Command {
  const command = new Command('pause')
    .description('keep the daemon from changing anything, everywhere or in one place')
    .option('--controller <name>', 'only on this controller')
    .option('--model <name>', 'only in models of this name')
    .option('--for <duration>', 'how long, as in 2h; until it is lifted unless given')
    .option('--until <time>', 'until when, as in 2026-11-22T08:00:00Z');
  return addStateOption(addPersonOptions(command))
    .addOption(formatOption())
    .addHelpText('after', examples)
    .action(async (options: PauseOptions) => {
      const saying = sayingOf(options, services);
      const made = await withJournal(options, services, (journal) => pause(journal, options, saying));
      const document = { kind: 'Pause', version: 'v1', ...made };
      const text = `paused ${pauseText(made)}\nholdfast resume ${made.id} lifts it\n`;
      emit(options.format === 'json' ? jsonText(document) : text, options, services.io);
      finish(exitCodes.fine);
    });
}
