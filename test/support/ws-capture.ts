import type { Reaction } from './juju-server.js';
import { fixtureText } from './recorded.js';

interface CapturedAnswer {
  readonly response?: unknown;
  readonly error?: string;
  readonly 'error-code'?: string;
}

/** What a real controller answered, by the path under captures/real such as `3-hardened/ws/UserInfo`. */
export function wsAnswer(path: string): Reaction {
  const answer = JSON.parse(fixtureText(`captures/real/${path}.json`)) as CapturedAnswer;
  if (answer.error === undefined) return { response: answer.response ?? answer };
  return { error: answer.error, code: answer['error-code'] ?? '' };
}

/** The response of a captured answer that was none of the refused ones. */
export function wsResponse(path: string): unknown {
  const answer = wsAnswer(path);
  if (typeof answer === 'object' && 'response' in answer) return answer.response;
  throw new Error(`${path} was refused`);
}
