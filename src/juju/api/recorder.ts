import type { JujuApiError } from './api-error.js';
import type { Login } from './login.js';

/** What came of a question. */
export type Outcome = { readonly response: unknown } | { readonly error: JujuApiError };

/** A question to Juju's API with its answer; nothing is taken out of it yet. */
export type ApiExchange = Outcome & {
  /** `/api` for the controller, `/model/<uuid>/api` for a model. */
  readonly path: string;
  readonly user: string;
  /** When it was asked, ms since the epoch. */
  readonly at: number;
  /** Type, version, request and params. */
  readonly request: object;
};

/** Told of every answer. */
export type RecordApi = (exchange: ApiExchange) => void;

/** What a recording holds of a login's question: the credentials never. */
export const loginRequest = { type: 'Admin', version: 3, request: 'Login', params: {} } as const;

/** A login's answer as Juju would give it, without the addresses that nobody needs later. */
export function loginAnswer(login: Login): object {
  const { modelUuid, controllerUuid, user, controllerAccess, modelAccess, facades, serverVersion } = login;
  return {
    'controller-tag': `controller-${controllerUuid}`,
    ...(modelUuid === undefined ? {} : { 'model-tag': `model-${modelUuid}` }),
    'user-info': {
      identity: `user-${user}`,
      'controller-access': controllerAccess,
      'model-access': modelAccess,
    },
    facades: Object.entries(facades).map(([name, versions]) => ({ name, versions })),
    'server-version': serverVersion,
  };
}
