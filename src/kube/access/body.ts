import type { IncomingMessage } from 'node:http';

/**
 * The JSON of a whole body.
 * @throws Error when it has more bytes than allowed, breaks off, or is no JSON.
 */
export async function readBody(response: IncomingMessage, limit: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new Error(`the answer is longer than ${limit} bytes`);
    chunks.push(chunk);
  }
  return parsed(Buffer.concat(chunks, size).toString('utf8'));
}

/** The engine's own message quotes the text, which is the server's: it stays out. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new Error('the answer is no JSON');
  }
}
