import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface InstalledJuju {
  /** To be put first on PATH. */
  readonly directory: string;
  /** The launcher called `juju`: a 4.x client. */
  readonly juju: string;
  readonly juju3: string;
  readonly juju4: string;
}

export interface InstallOptions {
  /** The Node to run it with. */
  readonly node?: string;
  /** The compiled `simulator/juju.js`; the one beside this file unless said otherwise. */
  readonly entry?: string;
}

/** Writes launchers of the simulated client: `juju` and `juju-4` behave as 4.x, `juju-3` as 3.6. */
export async function installJuju(directory: string, options: InstallOptions = {}): Promise<InstalledJuju> {
  const node = options.node ?? process.execPath;
  const entry = options.entry ?? fileURLToPath(new URL('./juju.js', import.meta.url));
  await mkdir(directory, { recursive: true });
  const write = async (name: string, flavour: string): Promise<string> => {
    const file = join(directory, name);
    await writeFile(file, launcher({ node, entry, flavour }));
    await chmod(file, 0o755);
    return file;
  };
  const [juju, juju3, juju4] = await Promise.all([
    write('juju', '4.0'),
    write('juju-3', '3.6'),
    write('juju-4', '4.0'),
  ]);
  return { directory, juju, juju3, juju4 };
}

interface Launcher {
  readonly node: string;
  readonly entry: string;
  readonly flavour: string;
}

/** Node itself is the interpreter, so that no shell is needed; but a path with a blank cannot stand after `#!`. */
function launcher(options: Launcher): string {
  return /^\S{1,120}$/.test(options.node) ? asProgram(options) : asShellScript(options);
}

function asProgram({ node, entry, flavour }: Launcher): string {
  return `#!${node}
// A juju client for simulated controllers.
const data = process.env.JUJU_DATA || process.env.HOME + '/.local/share/juju';
process.argv.splice(2, 0, '--flavour', '${flavour}', '--juju-data', data, '--charmhub', process.env.CHARMHUB_URL || '', '--');
import(${JSON.stringify(pathToFileURL(entry).href)});
`;
}

function asShellScript({ node, entry, flavour }: Launcher): string {
  return `#!/bin/sh
# A juju client for simulated controllers.
exec ${quoted(node)} ${quoted(entry)} --flavour ${flavour} --juju-data "\${JUJU_DATA:-$HOME/.local/share/juju}" --charmhub "\${CHARMHUB_URL:-}" -- "$@"
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
