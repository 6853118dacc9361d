/** Who may look at the page and its API, who may decide there, and how both are served. */

/** viewer: looks; approver: approves, denies, clears, pauses and resumes, too. */
export const webRoles = ['viewer', 'approver'] as const;
export type WebRole = (typeof webRoles)[number];

export interface WebPolicy {
  readonly tokens: readonly WebToken[];
  /** Absent: nobody logs in by an identity provider. */
  readonly oidc?: OidcPolicy;
  /** PEM files, read anew when they change; absent: plain HTTP. */
  readonly tls?: TlsFiles;
  /** Origin under which people reach it, as in `https://holdfast.example`. */
  readonly url?: string;
  /** More host names under which it may be asked for. */
  readonly hosts: readonly string[];
  /** Seconds after which whoever logged in has to do so again. */
  readonly session: number;
  /** A proxy in front speaks TLS and names the client's address. */
  readonly proxied: boolean;
  /** Whether metrics may be read without a login. */
  readonly metrics: 'open' | 'login';
}

/** A bearer token: not the token itself, but what it is told by. */
export interface WebToken {
  /** In whose name it speaks. */
  readonly name: string;
  readonly role: WebRole;
  /** sha256 of the token, hex. */
  readonly digest: string;
}

export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** OpenID Connect: authorization code with PKCE. */
export interface OidcPolicy {
  readonly issuer: string;
  readonly clientId: string;
  /** Never printed; absent: a public client. */
  readonly clientSecret?: string;
  /** PEM text of the provider's own CA. */
  readonly caCert?: string;
  readonly scopes: readonly string[];
  /** The claim that names a person in the audit trail. */
  readonly nameClaim: string;
  /** The claim that holds what the roles are told by: a text or a list of texts. */
  readonly roleClaim: string;
  /** Values of that claim, by the role that they give; `*` is everybody who can log in. */
  readonly roles: Readonly<Record<WebRole, readonly string[]>>;
}

export const webDefaults: WebPolicy = {
  tokens: [],
  hosts: [],
  session: 8 * 3600,
  proxied: false,
  metrics: 'open',
};

/** Whether anybody can say who he is. Where nobody can, the page only shows, and only to this machine. */
export function asksWho({ tokens, oidc }: WebPolicy): boolean {
  return tokens.length > 0 || oidc !== undefined;
}
