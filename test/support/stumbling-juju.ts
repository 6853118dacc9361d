/** A `juju` that fails in the models that a test names, and is the installed one everywhere else. */
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledJuju } from '../../src/simulator/install-juju.js';

export interface Stumbling {
  readonly around: (installed: InstalledJuju) => Promise<InstalledJuju>;
  /** From now on every call on these models (`controller:owner/model`), and on no other, fails for a passing reason. */
  readonly in: (...models: readonly string[]) => Promise<void>;
}

/** Fails in these models from the beginning. */
export function stumblingJuju(...models: readonly string[]): Stumbling {
  let list: string | undefined;
  return {
    around: async (installed) => {
      list = join(installed.directory, 'stumbles');
      await writeFile(list, `${models.join('\n')}\n`);
      const [juju3, juju4] = await Promise.all([wrap(installed.juju3, list), wrap(installed.juju4, list)]);
      return { ...installed, juju3, juju4 };
    },
    in: async (...now) => {
      if (list === undefined) throw new Error('nothing is installed yet');
      await (now.length === 0 ? rm(list, { force: true }) : writeFile(list, `${now.join('\n')}\n`));
    },
  };
}

async function wrap(program: string, list: string): Promise<string> {
  const file = `${program}-stumbling`;
  // With what the shell has itself: the daemon hands its children no PATH to speak of.
  const script = `#!/bin/sh
if [ -e '${list}' ]; then
  while read -r model; do
    for word; do
      if [ "$word" = "$model" ]; then
        echo 'ERROR state changing too quickly; try again soon' >&2
        exit 1
      fi
    done
  done < '${list}'
fi
exec '${program}' "$@"
`;
  await writeFile(file, script);
  await chmod(file, 0o755);
  return file;
}
