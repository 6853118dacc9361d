import { argvOf } from '../../src/core/action/argv.js';
import type { Finding } from '../../src/core/finding.js';

/** Outcome and reason of each finding, with the user, offer or unit that it is about: `fail UndeclaredUser bob`. */
export function verdicts(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ judgement: { outcome, reason, subject } }) =>
    [outcome, reason, subject?.name].filter(Boolean).join(' '),
  );
}

/** The commands of all remedies, without the program. */
export function commands(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ remedies }) => remedies).map(({ action }) => argvOf(action).join(' '));
}

/** The commands that undo the remedies; `irreversible` where there is none. */
export function undoings(findings: readonly Finding[]): readonly string[] {
  const undos = findings.flatMap(({ remedies }) => remedies).map(({ undo }) => undo);
  return undos.flatMap((undo) =>
    'inverse' in undo ? undo.inverse.map((action) => argvOf(action).join(' ')) : ['irreversible'],
  );
}

export function messages(findings: readonly Finding[]): string {
  return findings.map(({ judgement }) => judgement.message).join('\n');
}
