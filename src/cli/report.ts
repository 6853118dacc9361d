import { Command } from 'commander';
import { readReportText } from '../config/documents.js';
import { readTextFile } from '../config/read-file.js';
import { InputError } from '../core/input-error.js';
import type { Report } from '../core/report/types.js';
import { emit } from './emit.js';
import { exitCodes } from './exit-codes.js';
import type { Finish } from './finish.js';
import { formatOption, formats, type ReportFormat } from './options.js';
import { reportText } from './report-text.js';
import type { Services } from './services.js';

interface ReportOptions {
  readonly from: string;
  readonly history?: readonly string[];
  readonly format: ReportFormat;
  readonly output?: string;
  readonly all?: true;
  readonly failOnUnknown?: true;
}

const examples = `
Prints a report anew; nothing is read but the files, and nothing is judged. To
judge a saved snapshot: holdfast audit --snapshot FILE, in the same forms.

Examples:
  holdfast audit --juju --format json --output today.json
  holdfast report --from today.json
  holdfast report --from today.json --format sarif --output today.sarif
  holdfast report --from today.json --history may.json june.json \\
    --format html --output for-the-auditor.html

Forms: table for a terminal; html, one file to hand over; csv, a row a finding;
junit, a test case a finding, where what was not seen is skipped (an error with
--fail-on-unknown); sarif 2.1.0, a result for what fails or was not seen; oscal,
assessment results 1.1; json, the report itself.

Exit code: 0 printed, whatever it says, 1 a report could not be read.`;

/** `holdfast report`: prints a saved report in another form. */
export function reportCommand(services: Services, finish: Finish): Command {
  return new Command('report')
    .description('print a saved report in another form: for people, auditors, or other programs')
    .requiredOption('--from <file>', 'a report saved with --format json; - reads standard input')
    .option(
      '--history <file...>',
      'earlier reports of the same estate, for --format html: how the score went',
    )
    .addOption(formatOption(formats))
    .option('--output <file>', 'write the result into a file instead of standard output')
    .option('--all', 'in a table: list every judgement of the report, and every target by name')
    .option('--fail-on-unknown', 'in junit: what could not be seen is an error')
    .addHelpText('after', examples)
    .action(async (options: ReportOptions) => {
      await print(options, services);
      finish(exitCodes.fine);
    });
}

async function print(options: ReportOptions, services: Services): Promise<void> {
  const { from, history, format } = options;
  if (history !== undefined && format !== 'html')
    throw new InputError('--history is told by --format html only: use it with that, or leave it out');
  const report = await reportIn(from, services);
  const earlier = await Promise.all((history ?? []).map((file) => reportIn(file, services)));
  const text = await reportText(report, { ...options, earlier, planCommand: 'holdfast plan' }, services);
  emit(text, options, services.io);
}

async function reportIn(file: string, { io }: Services): Promise<Report> {
  if (file === '-') return readReportText(await io.readInput(), 'standard input');
  return readReportText(readTextFile(file).content, file);
}
