/** Daemons as processes of their own on one journal in a database. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const asTypescript = fileURLToPath(new URL('as-typescript.js', import.meta.url));
const writer = fileURLToPath(new URL('database-writer.ts', import.meta.url));

export interface DatabaseWriter {
  readonly child: ChildProcess;
  /** The number of the last batch that it told to be written; -1 before it has its part. */
  readonly told: () => number;
  /** Exit code, and what it said on the way. */
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
}

export function startDatabaseWriter(urlFile: string, part: string, count: number): DatabaseWriter {
  const args = ['--disable-warning=ExperimentalWarning', '--import', asTypescript];
  const child = spawn(process.execPath, [...args, writer, urlFile, part, String(count)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {},
  });
  let [last, rest, said] = [-1, '', ''];
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  child.stdout.on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    last = Number(lines.at(-1) ?? last);
  });
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => {
      resolve({ code, said });
    }),
  );
  return { child, told: () => last, ended };
}
