import { Command } from 'commander';
import { standingOf, type Standing } from '../../core/orders/standing.js';
import { emit, jsonText } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import { renderOrders } from '../render/orders.js';
import type { Services } from '../services.js';
import { addStateOption, withJournal, type StateOptions } from './with-journal.js';

interface OrdersOptions extends StateOptions, OutputOptions {}

const examples = `
Lists plans that wait for an approval, what was approved and denied, what is quarantined,
and what is paused.

Examples:
  holdfast orders
  holdfast orders --format json

Exit code: 0 nothing waits for a person, 2 a plan waits or something is quarantined.`;

/** `holdfast orders`: what waits for persons, and what they have said. */
export function ordersCommand(services: Services, finish: Finish): Command {
  const command = new Command('orders').description(
    'list what waits for a person, and what persons have said',
  );
  return addStateOption(command)
    .addOption(formatOption())
    .option('--output <file>', 'write the result into a file instead of standard output')
    .addHelpText('after', examples)
    .action(async (options: OrdersOptions) => {
      const standing = await withJournal(options, services, (journal) => standingOf(journal, services.now()));
      const { columns, color } = services.io;
      const toFile = options.output !== undefined;
      const look = { columns: toFile ? undefined : columns, color: color && !toFile };
      emit(
        options.format === 'json' ? jsonText(documentOf(standing)) : renderOrders(standing, look),
        options,
        services.io,
      );
      const { waiting, quarantines } = standing;
      finish(waiting.length + quarantines.length > 0 ? exitCodes.found : exitCodes.fine);
    });
}

function documentOf(standing: Standing): object {
  return { kind: 'Orders', version: 'v1', ...standing };
}
