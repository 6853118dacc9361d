import type { CookieSerializeOptions } from '@fastify/cookie';

/** How cookies are called and kept, by whether the page is reached by TLS. */
export interface CookieForm {
  readonly session: string;
  readonly csrf: string;
  readonly login: string;
  readonly options: CookieSerializeOptions & { readonly path: string };
}

/** With the prefix a browser takes them by TLS only, and from this very host only. */
export function cookieForm(isSecure: boolean): CookieForm {
  const prefix = isSecure ? '__Host-holdfast' : 'holdfast';
  return {
    session: prefix,
    csrf: `${prefix}-csrf`,
    login: `${prefix}-login`,
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure, signed: true },
  };
}

/** For whom a token against forged requests is made: a session, or everybody before the login. */
export function formOwner({ session }: { readonly session: { readonly id: string } | undefined }): string {
  return session?.id ?? 'nobody';
}
