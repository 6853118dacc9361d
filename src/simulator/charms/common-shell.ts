import type { SimUnit } from '../world/state.js';
import type { ShellAnswer } from './behaviour.js';
import type { UnitDisk } from './disk.js';

/** The few commands that every machine answers alike. */
export function commonShell(unit: SimUnit, command: string): ShellAnswer {
  if (command === 'true') return { code: 0 };
  if (command === 'false') return { code: 1 };
  if (command === 'hostname') return { code: 0, stdout: `${unit.name.replace('/', '-')}\n` };
  if (command === 'id -un') return { code: 0, stdout: 'root\n' };
  const [program = '', file = ''] = command.split(' ');
  if (program === 'cat') return { code: 1, stderr: `cat: ${file}: No such file or directory\n` };
  if (program === 'stat')
    return { code: 1, stderr: `stat: cannot statx '${file}': No such file or directory\n` };
  return { code: 127, stderr: `bash: line 1: ${program}: command not found\n` };
}

/** `cat` of files that lie on the unit, as a person would type it: all that is in them. */
export function catOf({ files }: UnitDisk, command: string): ShellAnswer | undefined {
  const [program, ...paths] = command.split(' ');
  const found = paths.flatMap(
    (path) => files.find((file) => file.path === path && file.isFolder === undefined) ?? [],
  );
  if (program !== 'cat' || paths.length === 0 || found.length < paths.length) return undefined;
  return { code: 0, stdout: found.map(({ text }) => text).join('') };
}
