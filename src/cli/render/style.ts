import type { Severity } from '../../core/outcome.js';

/** Colours, or nothing at all. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly severity: (severity: Severity, text?: string) => string;
}

export function styleFor(color: boolean): Style {
  const code = (begin: number, end: number) => (text: string) =>
    color ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
  const colors: Readonly<Record<Severity, (text: string) => string>> = {
    critical: code(31, 39),
    high: code(31, 39),
    medium: code(33, 39),
    low: code(36, 39),
    info: code(34, 39),
  };
  return {
    strong: code(1, 22),
    faint: code(2, 22),
    good: code(32, 39),
    severity: (severity, text = severity) => colors[severity](text),
  };
}

/**
 * Columns to write into: the terminal's, within reason; 80 where there is none. Longer lines than 120 are hard to read,
 * and into fewer than 40 no command fits.
 */
export function columnsOf(columns: number | undefined): number {
  return Math.min(Math.max(columns ?? 80, 40), 120);
}
