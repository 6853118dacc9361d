import { Command } from 'commander';
import { readReportText } from '../config/documents.js';
import { readTextFile } from '../config/read-file.js';
import { diffReports } from '../core/report/diff.js';
import type { Report } from '../core/report/types.js';
import { emit, jsonText } from './emit.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { formatOption, type OutputOptions } from './options.js';
import type { Finish } from './finish.js';
import { renderDiff } from './render/diff.js';
import type { Services } from './services.js';

const examples = `
Examples:
  holdfast audit --juju --format json --output monday.json
  holdfast audit --juju --format json --output tuesday.json
  holdfast diff monday.json tuesday.json

Exit code: 0 no new violation, 2 some, 1 a report could not be read.`;

/** `holdfast diff A B`: what changed between two reports. */
export function diffCommand(services: Services, finish: Finish): Command {
  return new Command('diff')
    .description('say what changed between two reports: new, gone, changed')
    .argument('<earlier>', 'a report saved with --format json')
    .argument('<later>', 'a later one of the same estate')
    .addOption(formatOption())
    .option('--output <file>', 'write the result into a file instead of standard output')
    .addHelpText('after', examples)
    .action((earlier: string, later: string, options: OutputOptions) => {
      finish(diff([reportIn(earlier), reportIn(later)], options, services));
    });
}

function diff(
  [earlier, later]: readonly [Report, Report],
  options: OutputOptions,
  { io }: Services,
): ExitCode {
  const found = diffReports(earlier, later);
  const toFile = options.output !== undefined;
  const look = { columns: toFile ? undefined : io.columns, color: io.color && !toFile };
  const { appeared, gone, changed, same } = found;
  const reports = { earlier: nameOf(earlier), later: nameOf(later) };
  const document = { kind: 'ReportDiff', version: 'v1', ...reports, appeared, gone, changed, same };
  emit(
    options.format === 'json' ? jsonText(document) : renderDiff(found, [earlier, later], look),
    options,
    io,
  );
  return appeared.length > 0 ? exitCodes.found : exitCodes.fine;
}

function reportIn(file: string): Report {
  return readReportText(readTextFile(file).content, file);
}

function nameOf({ generatedAt, source, policy }: Report): object {
  return { generatedAt, source, policy };
}
