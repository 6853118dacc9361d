import type { Write } from '../../../src/core/ports/index.js';

/** What a write to the journal is about, the same in every life: the command and how far it got, or where a step stands. */
export function labelOf(writes: readonly Write[]): string {
  const parts = writes.flatMap((write) => {
    if (write.type === 'step') {
      const { kind, argv, state } = write.step;
      return [`${kind === 'undo' ? 'undo ' : ''}${commandIn(argv)}: ${state}`];
    }
    if (write.type === 'remediation' && !writes.some(({ type }) => type === 'step'))
      return [`${commandIn(write.remediation.argv)}: ${write.remediation.state}`];
    return write.type === 'rotation' ? [`password ${write.rotation.state}`] : [];
  });
  return parts.length === 0 ? writes.map(({ type }) => type).join(' + ') : parts.join(' + ');
}

/** The command, and of `run` the action; `argv` begins with the program. */
export function commandIn([, command = '', ...rest]: readonly string[]): string {
  if (command !== 'run') return command;
  const unit = rest.findIndex((argument) => /^[\w-]+\/\d+$/.test(argument));
  return `run ${rest[unit + 1] ?? ''}`;
}
