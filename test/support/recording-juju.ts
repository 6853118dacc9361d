/** A `juju` that writes down all that a bystander could see of it while it runs: arguments, environment, every process. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installJuju } from '../../src/simulator/install-juju.js';

const builtJuju = fileURLToPath(new URL('../../dist/simulator/juju.js', import.meta.url));

export interface RecordingJuju {
  readonly juju: string;
  /** What was seen. */
  readonly seen: string;
  /**
   * Holding `before` or `after`: the caller is killed before the next change of a password, or right after it. Empty
   * otherwise.
   */
  readonly trap: string;
}

export async function recordingJuju(folder: string): Promise<RecordingJuju> {
  const { juju4 } = await installJuju(join(folder, 'bin'), { entry: builtJuju });
  const seen = join(folder, 'seen');
  const trap = join(folder, 'trap');
  const juju = join(folder, 'wrapped', 'juju');
  await mkdir(join(folder, 'wrapped'), { recursive: true });
  await Promise.all([writeFile(seen, ''), writeFile(trap, '')]);
  await writeFile(juju, script({ juju4, seen, trap }));
  await chmod(juju, 0o755);
  return { juju, seen, trap };
}

function script({ juju4, seen, trap }: Record<'juju4' | 'seen' | 'trap', string>): string {
  return `#!/bin/sh
exec 3<&0
look() { { echo "call $*"; env; cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '; echo; } >> '${seen}'; }
look "$@"
trap=none
if [ "$1" = change-user-password ]; then trap=$(cat '${trap}'); fi
if [ "$trap" = before ]; then : > '${trap}'; kill -9 $PPID; exit 1; fi
'${juju4}' "$@" <&3 &
child=$!
look "$@"
wait $child
code=$?
if [ "$trap" = after ]; then : > '${trap}'; kill -9 $PPID; exit 1; fi
exit $code
`;
}
