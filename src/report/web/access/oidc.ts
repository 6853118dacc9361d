/** Logging in by OpenID Connect: authorization code with PKCE, state and nonce. */
import type * as Library from 'openid-client';
import type { Configuration, CustomFetch, DiscoveryRequestOptions, IDToken } from 'openid-client';
import { InputError } from '../../../core/input-error.js';
import { personName } from '../../../core/orders/saying.js';
import type { OidcPolicy, WebRole } from '../../../core/policy/web.js';
import type { Clock, Log } from '../../../core/ports/index.js';
import { longestSince, presentOf, steadyOf, type Moment } from '../../../core/stopwatch.js';
import type { Principal } from './principal.js';

type Claims = Readonly<Record<string, unknown>>;

/** A login that was begun has to be ended within this time, ms. */
const patience = 10 * 60_000;
const mostBegun = 1000;
/** The provider's metadata are read anew after this time, ms. */
const knownFor = 3600_000;
/** Seconds for an answer of the provider. */
const timeout = 10;

interface Begun {
  readonly verifier: string;
  readonly nonce: string;
  /** Where to go on afterwards. */
  readonly next: string;
  readonly at: Moment;
}

/** The provider is away, or what it said does not fit: the log says more. */
export class ProviderTrouble extends Error {
  readonly statusCode = 502;

  constructor() {
    super('Logging in by the identity provider did not work: try again; the log says why.');
    this.name = 'ProviderTrouble';
  }
}

export interface OidcOptions {
  readonly oidc: OidcPolicy;
  /** Origin of the page, as the provider knows it. */
  readonly url: string;
  readonly clock: Clock;
  readonly log: Log;
}

export class Oidc {
  readonly #options: OidcOptions;
  readonly #begun = new Map<string, Begun>();
  #known: { readonly config: Promise<Configuration>; readonly until: number } | undefined;

  constructor(options: OidcOptions) {
    this.#options = options;
  }

  /** Begins a login: where to send the person, and what has to come back. @throws Error when the provider is away. */
  async begin(next: string): Promise<{ readonly to: URL; readonly state: string }> {
    const { oidc, url, clock } = this.#options;
    const library = await load();
    const config = await this.#config(library);
    const [state, nonce, verifier] = [
      library.randomState(),
      library.randomNonce(),
      library.randomPKCECodeVerifier(),
    ];
    this.#forget();
    this.#begun.set(state, { verifier, nonce, next, at: presentOf(clock) });
    const to = library.buildAuthorizationUrl(config, {
      redirect_uri: `${url}/oidc/callback`,
      scope: oidc.scopes.join(' '),
      code_challenge: await library.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { to, state };
  }

  /**
   * Ends a login with what came back, for the browser that began it. A state counts once.
   * @throws InputError for somebody who may not come in; Error for anything that is not as it should be.
   */
  async end(state: string, query: string): Promise<{ readonly who: Principal; readonly next: string }> {
    const begun = this.#begun.get(state);
    this.#begun.delete(state);
    if (begun === undefined || this.#isOver(begun))
      throw new InputError('This login took too long, or was ended already: begin again.');
    const library = await load();
    const config = await this.#config(library);
    const here = new URL(`${this.#options.url}/oidc/callback${query}`);
    const tokens = await library.authorizationCodeGrant(config, here, {
      pkceCodeVerifier: begun.verifier,
      expectedState: state,
      expectedNonce: begun.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('the provider sent no ID token');
    const all = await this.#withUserInfo(library, { config, claims, accessToken: tokens.access_token });
    return { who: principalOf(all, this.#options.oidc), next: begun.next };
  }

  /** Providers may tell groups and addresses at their userinfo endpoint only. */
  async #withUserInfo(
    library: typeof Library,
    { config, claims, accessToken }: { config: Configuration; claims: IDToken; accessToken: string },
  ): Promise<Claims> {
    const { roleClaim, nameClaim } = this.#options.oidc;
    const isWhole = claims[roleClaim] !== undefined && claims[nameClaim] !== undefined;
    if (isWhole || config.serverMetadata().userinfo_endpoint === undefined) return claims;
    const more: Library.UserInfoResponse = await library.fetchUserInfo(config, accessToken, claims.sub);
    return { ...more, ...claims };
  }

  #isOver({ at }: Begun): boolean {
    return longestSince(at, this.#options.clock) >= patience;
  }

  #forget(): void {
    for (const [state, begun] of this.#begun)
      if (this.#isOver(begun) || this.#begun.size >= mostBegun) this.#begun.delete(state);
  }

  /** What the provider says of itself; a failure is not remembered. */
  async #config(library: typeof Library): Promise<Configuration> {
    const now = steadyOf(this.#options.clock);
    if (this.#known === undefined || this.#known.until <= now)
      this.#known = { config: discover(library, this.#options.oidc), until: now + knownFor };
    try {
      return await this.#known.config;
    } catch (error) {
      this.#known = undefined;
      throw error;
    }
  }
}

async function load(): Promise<typeof Library> {
  return import('openid-client');
}

async function discover(library: typeof Library, oidc: OidcPolicy): Promise<Configuration> {
  const { issuer, clientId, clientSecret, caCert } = oidc;
  const authentication =
    clientSecret === undefined ? library.None() : library.ClientSecretBasic(clientSecret);
  // By itself the library takes the provider's TLS for proof enough, and does not look at signatures.
  const execute = [library.enableNonRepudiationChecks];
  // The policy lets an issuer be plain HTTP on this machine only.
  if (issuer.startsWith('http://')) execute.push(insecurely(library));
  const settings: DiscoveryRequestOptions = { execute, timeout };
  if (caCert !== undefined) settings[library.customFetch] = await fetchTrusting(caCert);
  return library.discovery(new URL(issuer), clientId, undefined, authentication, settings);
}

function insecurely(library: typeof Library): (config: Configuration) => void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated only to make it stand out; loopback only
  return library.allowInsecureRequests;
}

async function fetchTrusting(ca: string): Promise<CustomFetch> {
  const { Agent, fetch: fetchWith } = await import('undici');
  const dispatcher = new Agent({ connect: { ca } });
  return async (url, options) => {
    const { status, headers, body } = await fetchWith(url, { ...(options as object), dispatcher });
    return new Response(body, { status, headers: [...headers] });
  };
}

/** @throws InputError where nothing that the provider says gives a role. */
function principalOf(claims: Claims, { nameClaim, roleClaim, roles, issuer }: OidcPolicy): Principal {
  const role = roleOf(valuesOf(claims[roleClaim]), roles);
  const subject = String(claims['sub']);
  const name = nameOf(claims, nameClaim) ?? subject;
  if (role === undefined)
    throw new InputError(`${name} may not come in: nothing in ${roleClaim} gives a role here.`);
  return { name: personName(name, nameClaim), role, via: { login: 'oidc', issuer, subject } };
}

/** An address that its provider did not verify could be anybody's. */
function nameOf(claims: Claims, nameClaim: string): string | undefined {
  const name = claims[nameClaim];
  if (nameClaim === 'email' && claims['email_verified'] === false) return undefined;
  return typeof name === 'string' && name.trim() !== '' ? name : undefined;
}

function valuesOf(claim: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return values.filter((value) => typeof value === 'string');
}

function roleOf(values: readonly string[], roles: OidcPolicy['roles']): WebRole | undefined {
  const gives = (role: WebRole): boolean =>
    roles[role].some((wanted) => wanted === '*' || values.includes(wanted));
  if (gives('approver')) return 'approver';
  return gives('viewer') ? 'viewer' : undefined;
}
