import { Command } from 'commander';
import { clear, quarantineLabel } from '../../core/orders/clear.js';
import type { Quarantine } from '../../core/ports/index.js';
import { emit, jsonText, listDocument } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import { clean } from '../render/text.js';
import type { Services } from '../services.js';
import { addPersonOptions, sayingOf, type PersonOptions } from './person.js';
import { addStateOption, withJournal, type StateOptions } from './with-journal.js';

interface ClearOptions extends PersonOptions, StateOptions, OutputOptions {
  readonly controller?: string;
  readonly model?: string;
  readonly application?: string;
  readonly all?: true;
}

const examples = `
What was tried too often in vain is left alone until you looked at it. Clearing it lets
the daemon try again, with a fresh count.

Examples:
  holdfast orders
  holdfast clear ETCD-ENC-01 --model data --application etcd --reason "CA is back"
  holdfast clear q-3f2a9c0d1e`;

/** `holdfast clear`: ends a quarantine. */
export function clearCommand(services: Services, finish: Finish): Command {
  const command = new Command('clear')
    .description('let the daemon try again what it has put into quarantine')
    .argument('<control>', 'the control, or the id of the quarantine')
    .option('--controller <name>', 'only on this controller')
    .option('--model <name>', 'only in this model')
    .option('--application <name>', 'only on this application')
    .option('--all', 'every one that fits, where there are several');
  return addStateOption(addPersonOptions(command))
    .addOption(formatOption())
    .addHelpText('after', examples)
    .action(async (text: string, options: ClearOptions) => {
      const { controller, model, application, all } = options;
      const request = { named: text, controller, model, application, all };
      const saying = sayingOf(options, services);
      const cleared = await withJournal(options, services, (journal) => clear(journal, request, saying));
      const document = listDocument('QuarantineList', cleared);
      emit(options.format === 'json' ? jsonText(document) : clearedText(cleared), options, services.io);
      finish(exitCodes.fine);
    });
}

function clearedText(cleared: readonly Quarantine[]): string {
  return cleared.map((one) => `cleared ${clean(quarantineLabel(one))}\n`).join('');
}
