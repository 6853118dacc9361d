import { createInterface } from 'node:readline/promises';
import { refuseNoText } from '../config/no-text.js';
import { InputError } from '../core/input-error.js';
import type { Io } from './io.js';

/** The largest standard input that is read, in bytes. */
const limit = 256 * 1024 * 1024;

type Process = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>;

/** The process's own streams. A reader that went away (`| head`) is no failure: what is left is not written. */
export function processIo(process: Process, mayColor: boolean): Io {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on('error', ignoreBrokenPipe);
  return {
    out: (text) => {
      write(stdout, text);
    },
    err: (text) => {
      write(stderr, text);
    },
    ...(stdout.isTTY ? { columns: stdout.columns } : {}),
    color: mayColor && stdout.isTTY,
    interactive: stdin.isTTY && stderr.isTTY,
    ...(stderr.isTTY ? { progressColumns: stderr.columns } : {}),
    readInput: () => readAll(stdin),
    ask: (question) => ask(question, process),
  };
}

function write(stream: NodeJS.WriteStream, text: string): void {
  if (stream.writable) stream.write(text);
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

async function readAll(stdin: AsyncIterable<unknown> & NodeJS.ReadStream): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > limit) throw new InputError('standard input is too large: is it the right one?');
    chunks.push(bytes);
  }
  const all = Buffer.concat(chunks);
  refuseNoText(all, 'standard input');
  return all.toString('utf8');
}

async function ask(question: string, { stdin, stderr }: Process): Promise<string> {
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
