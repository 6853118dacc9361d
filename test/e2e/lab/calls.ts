import { request } from 'node:https';

/** Who calls, and whom to believe. */
export interface Caller {
  readonly url: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One call over a connection of its own, whatever the answer. */
export function call(caller: Caller, method: Method, path: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const { ca, cert, key } = caller;
    const sent = request(
      new URL(path, caller.url),
      { method, ca, cert, key, agent: false, timeout: 10_000, headers: { 'content-type': type } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, body: jsonOf(text) });
        });
      },
    );
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error('no answer within 10 s')));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The same for calls that must work. */
export async function must(
  caller: Caller,
  method: Method,
  path: string,
  body?: object,
): Promise<Answer['body']> {
  const answer = await call(caller, method, path, body);
  if (answer.status < 300) return answer.body;
  throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body['message'])}`);
}

function jsonOf(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return { message: text };
  }
}
