import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { controllerCertificate } from '../../../test/support/certificate.js';
import { canary, sent, stackServer, type StackServer } from '../../../test/support/stack-server.js';
import type { HttpAccess } from '../../core/policy/notify.js';
import { ApiReader } from './api-reader.js';
import { ReadError } from './read-error.js';

let server: StackServer;
let reader: ApiReader;

beforeEach(async () => {
  server = await stackServer({ '/pre/api': 'fine', '/api': 'fine' });
});
afterEach(async () => {
  await reader.close();
  await server.close();
});

function open(access: HttpAccess = {}, more: { url?: string; tenant?: string } = {}): ApiReader {
  const { url = server.url, tenant } = more;
  const api = { url, access, ...(tenant === undefined ? {} : { tenant }) };
  reader = new ApiReader('prometheus', api, { deadline: 1000, mostBytes: 1000 });
  reader.begin(new AbortController().signal);
  return reader;
}

async function refusal(path = '/api'): Promise<ReadError> {
  try {
    await reader.get(path);
  } catch (error) {
    if (error instanceof ReadError) return error;
    throw error;
  }
  throw new Error('it was answered');
}

describe('a question', () => {
  it('goes below the prefix of an ingress, with its parameters', async () => {
    open({}, { url: `${server.url}/pre/` });
    expect(await reader.get('/api', { query: 'a & b', 'match[]': ['x', 'y'] })).toBe('fine');
    expect([server.asked[0]?.path, String(server.asked[0]?.query)]).toEqual([
      '/pre/api',
      'query=a+%26+b&match%5B%5D=x&match%5B%5D=y',
    ]);
    expect(reader.health()).toEqual({ part: 'prometheus', reachable: true, requests: 1, errors: 0 });
  });

  test.each<[string, HttpAccess, string | undefined]>([
    ['nothing', {}, undefined],
    ['a token', { bearerToken: 'abc' }, 'Bearer abc'],
    ['a login', { login: { user: 'holdfast', password: 'p:w' } }, 'Basic aG9sZGZhc3Q6cDp3'],
  ])('carries %s', async (_name, access, expected) => {
    await open(access).get('/api');
    expect(server.asked[0]?.headers.authorization).toBe(expected);
  });

  it('names the tenant where there is one', async () => {
    await open({}, { tenant: 'team-a' }).get('/api');
    expect(server.asked[0]?.headers['x-scope-orgid']).toBe('team-a');
  });

  it('trusts the authority that is named, and no other', async () => {
    const certificate = await controllerCertificate(['localhost']);
    const secure = await stackServer({ '/api': 'fine' }, certificate);
    open({ caCert: certificate.caCert }, { url: secure.url });
    expect(await reader.get('/api')).toBe('fine');
    await reader.close();
    open({}, { url: secure.url });
    expect((await refusal()).message).toBe(
      'prometheus was not reached: its certificate is of an authority that is not trusted',
    );
    await secure.close();
  });
});

describe('an answer', () => {
  test.each([
    [401, 'leave to read /api of prometheus'],
    [403, 'leave to read /api of prometheus'],
    [500, undefined],
    [404, undefined],
  ])('of %d is a refusal that tells nothing of what was said', async (status, permission) => {
    server.answer({ '/api': status });
    open();
    const error = await refusal();
    expect([error.message, error.permission, error.status]).toEqual([
      `prometheus answers /api with ${status}`,
      permission,
      status,
    ]);
    expect(JSON.stringify(error) + String(error.stack)).not.toContain(canary);
  });

  it('that sends elsewhere is not followed, and the secret goes nowhere', async () => {
    const other = await stackServer({ '/api': 'elsewhere' });
    server.answer({
      '/api': sent((response) => response.writeHead(302, { location: `${other.url}/api` }).end()),
    });
    open({ bearerToken: 'abc' });
    expect((await refusal()).message).toBe('prometheus redirects /api (302), which is not followed');
    expect(other.asked).toEqual([]);
    await other.close();
  });

  it('that is too long is given up', async () => {
    server.answer({ '/api': 'x'.repeat(1001) });
    open();
    expect((await refusal()).message).toBe('an answer of more than 1000 bytes was not read');
  });

  it('that does not come in time is given up, and the server is left alone for this reading', async () => {
    server.answer({ '/api': sent(() => undefined), '/other': 'fine' });
    open();
    expect((await refusal()).message).toBe('prometheus was not reached: no answer in time');
    expect((await refusal('/other')).message).toBe('prometheus was not reached: no answer in time');
    expect(server.asked.length).toBe(1);
    reader.begin(new AbortController().signal);
    expect(await reader.get('/other')).toBe('fine');
  });

  it('that never comes, for nobody listens, is told by its code', async () => {
    open();
    await server.close();
    expect((await refusal()).message).toBe('prometheus was not reached: connection refused');
    expect(reader.health()).toMatchObject({ reachable: false, requests: 1, errors: 1 });
    server = await stackServer({});
  });

  it('is not waited for when the reading is ended', async () => {
    server.answer({ '/api': sent(() => undefined) });
    open();
    const ending = new AbortController();
    reader.begin(ending.signal);
    const asking = reader.get('/api');
    ending.abort(new Error('left'));
    await expect(asking).rejects.toThrow('left');
  });
});
