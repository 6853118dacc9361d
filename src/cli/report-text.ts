import { InputError } from '../core/input-error.js';
import type { Report } from '../core/report/types.js';
import { compactText, jsonText } from './emit.js';
import type { ReportFormat } from './options.js';
import { renderReport } from './render/report.js';
import type { Services } from './services.js';

/** In which form a report is wanted, and for whom. */
export interface Printing {
  readonly format: ReportFormat;
  /** The file that it goes to; absent: standard output. */
  readonly output?: string;
  readonly all?: true;
  readonly failOnUnknown?: true;
  /** Ids of the violations that an earlier report counted. */
  readonly known?: ReadonlySet<string>;
  /** The command that would show the plans for the estate. */
  readonly planCommand: string;
  /** Earlier reports of the same estate. */
  readonly earlier?: readonly Report[];
}

/** A report in the form that is wanted. @throws InputError for one that this build does not have. */
export async function reportText(report: Report, printing: Printing, services: Services): Promise<string> {
  const { format, earlier = [], failOnUnknown = false } = printing;
  if (format === 'json') return jsonText(report);
  if (format === 'table') return table(report, printing, services);
  if (format === 'html') return available(services.html, format)(report, earlier);
  const made = await available(services.exported, format)(format, report, { failOnUnknown });
  return typeof made === 'string' ? made : compactText(made);
}

function table(report: Report, { output, all, known, planCommand }: Printing, { io }: Services): string {
  const toFile = output !== undefined;
  return renderReport(report, {
    columns: toFile ? undefined : io.columns,
    color: io.color && !toFile,
    all: all === true,
    planCommand,
    ...(known === undefined ? {} : { known }),
  });
}

function available<T>(form: T | undefined, format: ReportFormat): T {
  if (form === undefined) throw new InputError(`--format ${format} is not available in this build`);
  return form;
}
