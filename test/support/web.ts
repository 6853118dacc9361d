/** The page on a real socket, and somebody who uses it. */
import { afterEach } from '@jest/globals';
import { createHash } from 'node:crypto';
import { openApiDocument } from '../../src/config/schemas/openapi.js';
import { webDefaults, type WebPolicy, type WebRole, type WebToken } from '../../src/core/policy/web.js';
import { guides } from '../../src/guides/index.js';
import { serveWeb, type WebServer } from '../../src/report/web/server.js';
import type { WebOptions } from '../../src/report/web/types.js';
import { planHash, type Plan } from '../../src/core/plan.js';
import type { Journal } from '../../src/core/ports/index.js';
import { memoryJournal, newMemory } from '../../src/store/memory.js';
import { ask } from './ask.js';
import { action, planNamed, quarantineNamed } from './journal-samples.js';
import { realClock } from './real-clock.js';
import { sampleView } from './report-samples.js';
import { silentLog } from './silent.js';

export const approverToken = 'anna-0123456789abcdef0123456789';
export const viewerToken = 'vera-0123456789abcdef0123456789';

export function tokenOf(name: string, role: WebRole, token: string): WebToken {
  return { name, role, digest: createHash('sha256').update(token).digest('hex') };
}

/** Anna decides, Vera looks. */
export const guarded: WebPolicy = {
  ...webDefaults,
  tokens: [tokenOf('anna', 'approver', approverToken), tokenOf('vera', 'viewer', viewerToken)],
};

const drafted = planNamed('plan', { actions: [action] });
const hash = planHash(drafted);
/** Whose hash is its own, so that somebody may decide on it. */
export const decidablePlan: Plan = { ...drafted, hash, id: hash.slice(0, 12) };

/** With a plan to decide on, and something in quarantine. */
export async function journalWithPlan(): Promise<Journal> {
  const made = memoryJournal(newMemory());
  await made.write(
    { type: 'plan', plan: decidablePlan },
    { type: 'quarantine', quarantine: quarantineNamed('q1') },
  );
  return made;
}

export interface Page {
  readonly server: WebServer;
  readonly url: string;
  /** A browser with nothing in it. */
  readonly visitor: () => Visitor;
}

export async function startPage(more: Partial<WebOptions> = {}): Promise<Page> {
  const server = await serveWeb({
    listen: '127.0.0.1:0',
    web: guarded,
    view: () => sampleView(),
    metrics: { text: () => Promise.resolve('holdfast_ready 1\n'), contentType: 'text/plain; version=0.0.4' },
    guides,
    journal: memoryJournal(newMemory()),
    openApi: () => Promise.resolve(openApiDocument()),
    log: silentLog,
    clock: realClock(),
    ...more,
  });
  const url = `http://${server.address}`;
  return { server, url, visitor: () => new Visitor(url) };
}

/** Starts pages and closes them after each test. */
export function pages(): (more?: Partial<WebOptions>) => Promise<Page> {
  const open: Page[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ server }) => server.close()));
  });
  return async (more) => {
    const made = await startPage(more);
    open.push(made);
    return made;
  };
}

/** Keeps cookies, follows nothing by itself, and names its origin as a browser does. */
export class Visitor {
  readonly #url: string;
  readonly #jar = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.#send(path, { headers: { accept: 'text/html', ...headers } });
  }

  /** Sends a form with the token of the page that it is on. */
  async post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return this.#send(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { accept: 'text/html', origin: this.#url, ...headers },
    });
  }

  /** The value of the form's hidden token on a page. */
  async csrf(path: string): Promise<string> {
    const text = await (await this.get(path)).text();
    return /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
  }

  async logIn(token: string): Promise<Response> {
    return this.post('/login', { token, next: '/', _csrf: await this.csrf('/login') });
  }

  cookies(): ReadonlyMap<string, string> {
    return this.#jar;
  }

  setCookie(name: string, value: string): void {
    this.#jar.set(name, value);
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie !== '') headers.set('cookie', cookie);
    const answer = await ask(this.#url + path, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '') this.#jar.delete(name);
      else this.#jar.set(name, value);
    }
    return answer;
  }
}
