/**
 * `fetch` on a connection of its own. One that is kept and used again now and then may be closed by the server just when the
 * next request is sent, which on a busy machine happens.
 */
export function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('connection', 'close');
  return fetch(url, { ...init, headers });
}
