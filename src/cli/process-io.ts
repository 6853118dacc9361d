import { createInterface } from 'node:readline/promises';
import { InputError } from '../core/input-error.js';
import type { Io } from './io.js';

/** The largest standard input that is read, in characters. */
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
  let text = '';
  stdin.setEncoding('utf8');
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.length > limit) throw new InputError('standard input is too large: is it the right one?');
  }
  return text;
}

async function ask(question: string, { stdin, stderr }: Process): Promise<string> {
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
