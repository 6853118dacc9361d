import type { Guide } from '../../core/control.js';
import type { Report } from '../../core/report/types.js';
import { csvOf } from './csv.js';
import { junitOf, type JunitOptions } from './junit.js';
import { oscalOf } from './oscal.js';
import { sarifOf } from './sarif.js';

/** The forms for other programs, besides our own JSON. */
export type ExportFormat = 'csv' | 'junit' | 'sarif' | 'oscal';

export interface ExportOptions extends JunitOptions {
  /** What is known of the report's controls; it may name others. */
  readonly guides: readonly Guide[];
}

/** A report in another program's form: text, or what is to be written as JSON. */
export function exportReport(format: ExportFormat, report: Report, options: ExportOptions): string | object {
  switch (format) {
    case 'csv':
      return csvOf(report);
    case 'junit':
      return junitOf(report, options);
    case 'sarif':
      return sarifOf(report, options.guides);
    case 'oscal':
      return oscalOf(report, options.guides);
  }
}
