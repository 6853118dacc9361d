/** A small identity provider on loopback, as OpenID Connect Core 1.0 and RFC 7636 (PKCE) have it. */
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

export interface Provider {
  readonly issuer: string;
  /** Who is logged in there: what the next ID token says. */
  claims: Record<string, unknown>;
  /** What only the userinfo endpoint says. */
  userInfo: Record<string, unknown>;
  /** What is wrong with the next ID token. */
  fault: 'none' | 'signature' | 'nonce' | 'audience' | 'expired' | 'issuer';
  /** Code verifiers that were sent. */
  readonly verifiers: string[];
  close(): Promise<void>;
}

interface Asked {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirect: string;
}

export const client = { id: 'holdfast', secret: 'the-client-secret' } as const;

export async function startProvider(): Promise<Provider> {
  const codes = new Map<string, Asked>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: Provider = {
    issuer,
    claims: {},
    userInfo: {},
    fault: 'none',
    verifiers: [],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', issuer);
    const routes: Readonly<Record<string, () => Promise<void> | void>> = {
      '/.well-known/openid-configuration': () => {
        json(response, metadata(issuer));
      },
      '/jwks': () => {
        json(response, {
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }],
        });
      },
      '/authorize': () => {
        authorize(url, response, codes);
      },
      '/token': async () => {
        token(new URLSearchParams(await text(request)), { request, response, codes, provider });
      },
      '/userinfo': () => {
        json(response, { sub: provider.claims['sub'], ...provider.userInfo });
      },
    };
    const route = routes[url.pathname];
    if (route === undefined) response.writeHead(404).end();
    else await route();
  };
  return provider;
}

function metadata(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };
}

/** Everybody is logged in there, and agrees. */
function authorize({ searchParams }: URL, response: ServerResponse, codes: Map<string, Asked>): void {
  const code = randomBytes(12).toString('hex');
  const value = (name: string): string => searchParams.get(name) ?? '';
  codes.set(code, {
    challenge: value('code_challenge'),
    nonce: value('nonce'),
    redirect: value('redirect_uri'),
  });
  const back = new URL(value('redirect_uri'));
  back.searchParams.set('code', code);
  back.searchParams.set('state', value('state'));
  response.writeHead(302, { location: back.href }).end();
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly codes: Map<string, Asked>;
  readonly provider: Provider;
}

function token(sent: URLSearchParams, { request, response, codes, provider }: Exchange): void {
  const code = sent.get('code') ?? '';
  const asked = codes.get(code);
  codes.delete(code);
  const verifier = sent.get('code_verifier') ?? '';
  provider.verifiers.push(verifier);
  const [, given = ''] = (request.headers.authorization ?? '').split(' ');
  const known =
    decodeURIComponent(Buffer.from(given, 'base64').toString()) === `${client.id}:${client.secret}`;
  const fits = createHash('sha256').update(verifier).digest('base64url') === asked?.challenge;
  if (!known) json(response, { error: 'invalid_client' }, 401);
  else if (!fits || sent.get('redirect_uri') !== asked.redirect)
    json(response, { error: 'invalid_grant' }, 400);
  else
    json(response, {
      access_token: 'at',
      token_type: 'Bearer',
      expires_in: 60,
      id_token: idToken(asked, provider),
    });
}

function idToken({ nonce }: Asked, { issuer, claims, fault }: Provider): string {
  const now = Math.floor(Date.now() / 1000);
  const head = { alg: 'RS256', kid: 'k1', typ: 'JWT' };
  const body = {
    iss: fault === 'issuer' ? 'http://127.0.0.1:1' : issuer,
    aud: fault === 'audience' ? 'somebody-else' : client.id,
    iat: fault === 'expired' ? now - 7200 : now,
    exp: fault === 'expired' ? now - 3600 : now + 60,
    nonce: fault === 'nonce' ? 'another' : nonce,
    ...claims,
  };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(head)}.${part(body)}`;
  const key = fault === 'signature' ? otherKey : privateKey;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`;
}

function json(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
