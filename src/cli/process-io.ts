import { createInterface } from 'node:readline/promises';
import { textOf } from '../config/read-file.js';
import type { Io } from './io.js';

/** So much of the standard input is read, in bytes: one that goes on is refused for its length. */
const limit = 65 * 1024 * 1024;

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
    chunks.push(bytes);
    if (size > limit) break;
  }
  return textOf(Buffer.concat(chunks), 'standard input');
}

async function ask(question: string, { stdin, stderr }: Process): Promise<string> {
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
