import type { Look, LookAnswer } from '../../core/ports/workload-reader.js';

const notRun = 'the unit printed no answer to it';

/**
 * What a unit printed for each look: a line `== n` before it, each line of it behind `|`, and how it went behind `?` at
 * the end. What lacks its end was cut.
 */
export function answersIn(stdout: string, looks: readonly Look[]): readonly LookAnswer[] {
  const parts = new Map<number, string[]>();
  let open: string[] | undefined;
  for (const line of stdout.split('\n')) {
    const index = /^== (\d+)$/.exec(line)?.[1];
    if (index !== undefined) parts.set(Number(index), (open = []));
    else if (line.startsWith('|')) open?.push(line.slice(1));
  }
  return looks.map((look, index) => answerOf(parts.get(index), look));
}

function answerOf(lines: readonly string[] | undefined, look: Look): LookAnswer {
  const end = lines?.at(-1);
  if (lines === undefined || end === undefined) return { missing: notRun };
  if (end === '?absent') return { missing: `there is no ${nameOf(look)} on the unit` };
  if (end === '?unreadable') return { missing: `${nameOf(look)} cannot be read on the unit` };
  if (!end.startsWith('?')) return { missing: `${nameOf(look)} is longer than what is read` };
  if (end !== '?0') return { missing: `${nameOf(look)} failed on the unit` };
  return {
    text: lines
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join(''),
  };
}

/** What a look is called in messages. */
export function nameOf(look: Look): string {
  if (look.kind === 'program') return look.program;
  const isEach = look.kind === 'keys' && look.each === true;
  return (isEach ? look.paths.slice(0, 1) : look.paths).join(' and ');
}
