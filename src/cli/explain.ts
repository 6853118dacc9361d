import { Command } from 'commander';
import { didYouMean } from '../config/suggest.js';
import type { Guide } from '../core/control.js';
import { InputError } from '../core/input-error.js';
import { controlSheet, type ControlSheet } from './control-sheet.js';
import { emit, jsonText } from './emit.js';
import { exitCodes } from './exit-codes.js';
import { formatOption, type FilterOptions, type OutputOptions } from './options.js';
import type { Finish } from './finish.js';
import { guidesFor } from './guides-for.js';
import { policyFileOf } from './policy.js';
import { renderControl } from './render/control.js';
import type { Services } from './services.js';

const examples = `
Examples:
  holdfast explain ETCD-ENC-01
  holdfast explain JUJU-USER-03 --format json`;

/** `holdfast explain CONTROL`: all there is to know about one control. */
export function explainCommand(services: Services, finish: Finish): Command {
  return new Command('explain')
    .description('say what a control asks, why, and how to put it right by hand')
    .argument('<control>', 'its id, as in ETCD-ENC-01')
    .addOption(formatOption())
    .option('--controls <dir...>', 'folders with controls of your own, besides those of the policy')
    .addHelpText('after', examples)
    .action(async (id: string, options: Pick<OutputOptions, 'format'> & Pick<FilterOptions, 'controls'>) => {
      const sheet = sheetOf(id, await guidesFor(policyFileOf({}, services), services, options.controls));
      const { columns, color } = services.io;
      emit(
        options.format === 'json'
          ? jsonText(document(sheet))
          : renderControl(sheet, { columns, color, now: services.now() }),
        {},
        services.io,
      );
      finish(exitCodes.fine);
    });
}

function document(sheet: ControlSheet): object {
  return { kind: 'Control', version: 'v1', ...sheet };
}

function sheetOf(id: string, guides: readonly Guide[]): ControlSheet {
  for (const guide of guides) {
    const control = guide.controls.find((candidate) => candidate.id === id.toUpperCase());
    if (control !== undefined) return controlSheet(control, guide);
  }
  const ids = guides.flatMap(({ controls }) => controls.map((control) => control.id));
  throw new InputError(`there is no control ${id}${didYouMean(id, ids)}; holdfast controls lists them`);
}
