import { counts } from '../core/report/diff.js';
import type { ReportFinding } from '../core/report/types.js';

/** What a command's exit code says. */
export const exitCodes = { fine: 0, failed: 1, found: 2, notSeen: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code of an audit. `known` are the ids of findings that an earlier report named already. */
export function auditExit(
  findings: readonly ReportFinding[],
  options: { readonly known?: ReadonlySet<string>; readonly failOnUnknown: boolean },
): ExitCode {
  if (findings.some((finding) => counts(finding) && options.known?.has(finding.id) !== true))
    return exitCodes.found;
  const unseen = options.failOnUnknown && findings.some(({ outcome }) => outcome === 'unknown');
  return unseen ? exitCodes.notSeen : exitCodes.fine;
}
