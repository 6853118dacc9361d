/**
 * Why a server was not reached, by the code of the error: its text may hold a URL, an address, or what a server said. What is
 * behind another error counts.
 */
export function transportReason(error: unknown): string {
  const code = codeOf(error) ?? codeOf((error as { cause?: unknown } | undefined)?.cause);
  if (code !== undefined) return words[code] ?? code;
  const { name } = (error ?? {}) as { name?: unknown };
  return typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? (words[name] ?? name) : 'failed';
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[A-Z][A-Z\d_]{2,60}$/.test(code) ? code : undefined;
}

const untrusted = 'its certificate is of an authority that is not trusted';
const words: Readonly<Record<string, string>> = {
  TimeoutError: 'no answer in time',
  AbortError: 'given up, for Holdfast stops',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'no answer in time',
  UND_ERR_SOCKET: 'the connection was closed',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'its name cannot be looked up just now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ETIMEDOUT: 'no connection in time',
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  CERT_HAS_EXPIRED: 'its certificate has expired, or this machine’s clock is ahead',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or this machine’s clock is behind',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  EAUTH: 'user or password are not accepted',
};
