import { Command } from 'commander';
import { pauseText } from '../../core/orders/pause.js';
import { resume } from '../../core/orders/resume.js';
import { emit, jsonText, listDocument } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import type { Services } from '../services.js';
import { addPersonOptions, sayingOf, type PersonOptions } from './person.js';
import { addStateOption, withJournal, type StateOptions } from './with-journal.js';

interface ResumeOptions extends PersonOptions, StateOptions, OutputOptions {
  readonly all?: true;
}

const examples = `
Examples:
  holdfast resume                     where one pause is in force
  holdfast resume p-3f2a9c0d1e
  holdfast resume --all --as anna`;

/** `holdfast resume`: lifts pauses. */
export function resumeCommand(services: Services, finish: Finish): Command {
  const command = new Command('resume')
    .description('lift a pause')
    .argument('[id]', 'the pause, as holdfast orders lists it')
    .option('--all', 'every pause');
  return addStateOption(addPersonOptions(command))
    .addOption(formatOption())
    .addHelpText('after', examples)
    .action(async (id: string | undefined, options: ResumeOptions) => {
      const saying = sayingOf(options, services);
      const request = { id, all: options.all };
      const lifted = await withJournal(options, services, (journal) => resume(journal, request, saying));
      const document = listDocument('PauseList', lifted);
      const text = lifted.map((pause) => `lifted ${pause.id}: ${pauseText(pause)}\n`).join('');
      emit(options.format === 'json' ? jsonText(document) : text, options, services.io);
      finish(exitCodes.fine);
    });
}
