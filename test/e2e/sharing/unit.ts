/** One unit of the daemon as a process of its own: the built program, with what it said. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

export interface UnitFiles {
  readonly folder: string;
  readonly policy: string;
  /** File with the URL of the journal's database. */
  readonly database: string;
  readonly juju: { readonly juju3: string; readonly juju4: string };
}

/** A line of its log. */
export interface Said {
  /** ms since 1970. */
  readonly at: number;
  readonly level: string;
  readonly msg: string;
  readonly part?: string;
  readonly [key: string]: unknown;
}

const logs = join(import.meta.dirname, '../../../build/e2e');
const program = join(import.meta.dirname, '../../../dist/main.js');

export class UnitProcess {
  readonly name: string;
  readonly said: Said[] = [];
  readonly started = Date.now();
  readonly #child: ChildProcess;
  #rest = '';

  constructor(name: string, { folder, policy, database, juju }: UnitFiles) {
    this.name = name;
    const state = join(folder, name);
    const args = ['run', '--policy', policy, '--listen', '127.0.0.1:0', '--state-dir', state];
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
      env: {
        ...{ PATH: process.env['PATH'], HOME: folder, HOLDFAST_UNIT: name, HOLDFAST_DATABASE: database },
        ...{ HOLDFAST_JUJU_3: juju.juju3, HOLDFAST_JUJU_4: juju.juju4 },
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      appendFileSync(join(logs, `sharing-${name}.log`), chunk);
      this.#read(String(chunk));
    });
  }

  get isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Where it answers over HTTP; undefined while it does not. */
  get address(): string | undefined {
    const told = this.said.find(({ msg }) => msg === 'serving the page');
    return told === undefined ? undefined : `http://${String(told['address'])}`;
  }

  /** When it began to look after a part, first since a moment; undefined where it never did. */
  took(part: string, since = 0): number | undefined {
    return this.said.find(
      (line) => line.msg === 'looks after a part' && line.part === part && line.at >= since,
    )?.at;
  }

  /** The parts that it looks after, as its log has it. */
  held(): readonly string[] {
    const parts = new Set<string>();
    for (const { msg, part = '' } of this.said) {
      if (msg === 'looks after a part') parts.add(part);
      if (msg === 'a part was lost' || msg === 'gives a part up') parts.delete(part);
    }
    return this.isOver ? [] : [...parts].sort();
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (this.isOver) return this.#child.exitCode;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    await gone;
    return this.#child.exitCode;
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('{')) {
        if (line !== '') this.said.push({ at: Date.now(), level: 'raw', msg: line });
        continue;
      }
      const { time, ...said } = JSON.parse(line) as { time: string; level: string; msg: string };
      this.said.push({ at: Date.parse(time), ...said });
    }
  }
}
