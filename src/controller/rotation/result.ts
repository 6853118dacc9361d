/** What became of a change of passwords, told without any of them. */
import type { CliOutcome, CliResult } from '../../core/ports/index.js';

/** As a call's result; `argv` is the step that stands in the plan. */
export function told(outcome: CliOutcome, argv: readonly string[], summary: string): CliResult {
  return { outcome, argv, timedOut: false, stdout: '', stderr: '', durationMs: 0, summary };
}

export function isDone({ outcome }: CliResult): boolean {
  return outcome === 'done' || outcome === 'already';
}

/** A call that failed, without what it printed: that may hold a password. */
export function failed(result: CliResult, what: string): CliResult {
  return { ...result, stdout: '', stderr: '', summary: `${what}: ${withoutAnswers(result)}` };
}

/** A charm's action may repeat in its message what it put into its result. */
function withoutAnswers({ summary, stdout }: CliResult): string {
  return answersIn(stdout).reduce((text, answer) => text.replaceAll(answer, '[secret]'), summary);
}

function answersIn(stdout: string): readonly string[] {
  const answers: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= 4) answers.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  try {
    for (const task of Object.values(JSON.parse(stdout) as object))
      collect((task as { results?: unknown } | null)?.results);
  } catch {
    // It printed no answer.
  }
  return answers;
}
