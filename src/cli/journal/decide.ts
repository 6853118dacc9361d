import { Command } from 'commander';
import { decide } from '../../core/orders/decide.js';
import type { Approval, Journal } from '../../core/ports/index.js';
import { emit, jsonText } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import { renderDecision } from '../render/decision.js';
import type { Services } from '../services.js';
import { addPersonOptions, sayingOf, type PersonOptions } from './person.js';
import { addStateOption, withJournal, type StateOptions } from './with-journal.js';

interface DecideOptions extends PersonOptions, StateOptions, OutputOptions {
  readonly valid?: string;
}

const approveExamples = `
An approval is bound to the plan's hash: a plan that changed needs a new one. It does
not lift windows, limits or pauses. The last word on a plan counts.

Examples:
  holdfast orders
  holdfast approve 3f2a9c0d1e2f --reason "agreed in CHG-1043"
  holdfast approve 3f2a --as anna --valid 24h`;

const denyExamples = `
Until the denial expires nothing of the plan is done. The last word on a plan counts.

Examples:
  holdfast deny 3f2a9c0d1e2f --reason "not before the release"
  holdfast deny 3f2a --valid 7d`;

/** `holdfast approve PLAN`. */
export function approveCommand(services: Services, finish: Finish): Command {
  const command = new Command('approve').description('let the daemon carry out a plan that waits for you');
  return decideCommand(command, 'approve', services, finish).addHelpText('after', approveExamples);
}

/** `holdfast deny PLAN`. */
export function denyCommand(services: Services, finish: Finish): Command {
  const command = new Command('deny').description('keep the daemon from carrying out a plan');
  return decideCommand(command, 'deny', services, finish).addHelpText('after', denyExamples);
}

function decideCommand(
  command: Command,
  decision: Approval['decision'],
  services: Services,
  finish: Finish,
): Command {
  command
    .argument('<plan>', 'id or hash of the plan, or the beginning of it')
    .option('--valid <duration>', 'how long it counts, as in 24h; what the policy says unless given');
  return addStateOption(addPersonOptions(command))
    .addOption(formatOption())
    .action(async (text: string, options: DecideOptions) => {
      await withJournal(options, services, (journal) =>
        say(journal, { plan: text, decision }, options, services),
      );
      finish(exitCodes.fine);
    });
}

async function say(
  journal: Journal,
  request: { readonly plan: string; readonly decision: Approval['decision'] },
  options: DecideOptions,
  services: Services,
): Promise<void> {
  const said = await decide(journal, { ...request, valid: options.valid }, sayingOf(options, services));
  const { approval, plan, waits } = said;
  const { columns, color } = services.io;
  const document = { kind: 'Approval', version: 'v1', ...approval };
  emit(
    options.format === 'json'
      ? jsonText(document)
      : renderDecision(approval, plan, waits, { columns, color }),
    options,
    services.io,
  );
}
