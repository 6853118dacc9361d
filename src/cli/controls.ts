import { Command } from 'commander';
import { controlSheet } from './control-sheet.js';
import { controlsTestCommand } from './controls-test.js';
import { emit, jsonText, listDocument } from './emit.js';
import { exitCodes } from './exit-codes.js';
import { wantedGuides } from './filter.js';
import { addFilterOptions, formatOption, type FilterOptions, type OutputOptions } from './options.js';
import type { Finish } from './finish.js';
import { guidesFor } from './guides-for.js';
import { policyFileOf } from './policy.js';
import { renderControls } from './render/controls.js';
import type { Services } from './services.js';

interface Options extends Omit<FilterOptions, 'application'>, OutputOptions {}

const examples = `
Examples:
  holdfast controls
  holdfast controls --guide charmed-etcd --severity high
  holdfast controls --format json
  holdfast controls test controls`;

/** `holdfast controls`: lists what is judged. */
export function controlsCommand(services: Services, finish: Finish): Command {
  const command = new Command('controls').description(
    'list every control with its guide, severity and kind of fix',
  );
  command.addCommand(controlsTestCommand(services, finish));
  return addFilterOptions(command, { application: false })
    .optionsGroup('Output:')
    .addOption(formatOption())
    .option('--output <file>', 'write the result into a file instead of standard output')
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      const guides = wantedGuides(
        await guidesFor(policyFileOf({}, services), services, options.controls),
        options,
      );
      const controls = guides.flatMap((guide) =>
        guide.controls.map((control) => controlSheet(control, guide)),
      );
      const { columns, color } = services.io;
      const document = listDocument('ControlList', controls);
      const text =
        options.format === 'json' ? jsonText(document) : renderControls(guides, { columns, color });
      emit(text, options, services.io);
      finish(exitCodes.fine);
    });
}
