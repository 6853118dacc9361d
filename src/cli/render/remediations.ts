import type { Remediation } from '../../core/ports/index.js';
import { clean, counted, pad } from './text.js';

/** What became of each step, a line each. */
export function renderRemediations(done: readonly Remediation[], left: number): string {
  const lines = done.map(
    ({ state, argv, message }) =>
      `${pad(state, 12)} ${clean(argv.join(' '))}\n${' '.repeat(13)}${clean(message)}`,
  );
  const rest = left === 0 ? [] : [`${counted(left, 'plan')} left alone: not approved`];
  return `${[...lines, ...rest, ...(done.length + left === 0 ? ['Nothing to do.'] : [])].join('\n')}\n`;
}
