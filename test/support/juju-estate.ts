import type { Behaviour, Reaction, Received } from './juju-server.js';
import { wsAnswer, wsResponse } from './ws-capture.js';

export const dataModel = '253b5010-f23f-4be4-84c6-e89bf4f73787';
const shortNames: Readonly<Record<string, string>> = {
  [dataModel]: 'data',
  'd38e73bb-c350-4a4b-8291-b0de09d86c8a': 'cos',
  '2ab8743d-ab79-4924-8000-1e71a9ff56f7': 'controller',
};

/** A call's own answer in place of the captured one. */
export type Override = (
  request: Received,
  count: number,
) => Reaction | undefined | Promise<Reaction | undefined>;

/** Answers as the captured hardened estate did, to the superuser admin or another user by the folder's name. */
export function estate(override: Override = () => undefined, folder = '3-hardened/ws'): Behaviour {
  return async (request, count) => (await override(request, count)) ?? captured(request, folder);
}

function captured(request: Received, folder: string): Reaction {
  try {
    return answerTo(request, folder);
  } catch {
    return { error: `unknown method ${request.call}`, code: 'not implemented' };
  }
}

function answerTo(request: Received, folder: string): Reaction {
  const method = request.call.split('.')[1] ?? '';
  const model = shortNames[request.path.split('/')[2] ?? ''] ?? '';
  const filters = request.params['Filters'] as readonly { readonly 'model-name': string }[] | undefined;
  const full = '3-hardened/ws';
  switch (method) {
    case 'Login':
      return wsAnswer(`${folder}/login-${model === '' ? 'controller' : 'model'}`);
    case 'FullStatus':
      return wsAnswer(`${full}/FullStatus-${model}`);
    case 'ModelGet':
      return wsAnswer(`${full}/ModelGet-data`);
    case 'List':
      return wsAnswer(`${full}/BlockList-data`);
    case 'Get':
      return wsAnswer(`${full}/ApplicationGet-${String(request.params['application'])}`);
    case 'ListKeys':
      return { response: { results: [{ result: ['aa:bb (admin@host)'] }] } };
    case 'GetModelSecretBackend':
      return { response: { result: 'auto' } };
    case 'ListApplicationOffers':
      return wsAnswer(`${folder}/ListApplicationOffers-${filters?.[0]?.['model-name'] ?? ''}`);
    case 'ModelInfo':
      return { response: { results: [modelInfo(request, folder)] } };
    case 'Clouds':
      return { response: { clouds: { 'cloud-unmanaged': { type: 'unmanaged' } } } };
    case 'CloudInfo':
      return {
        response: {
          results: [{ result: { type: 'unmanaged', users: [{ user: 'admin', access: 'admin' }] } }],
        },
      };
    case 'Credential':
      return { response: { results: [{ result: { 'auth-type': 'empty' } }] } };
    default:
      return wsAnswer(`${['ListSecrets', 'ControllerConfig'].includes(method) ? full : folder}/${method}`);
  }
}

function modelInfo(request: Received, folder: string): unknown {
  const [entity] = request.params['entities'] as readonly { readonly tag: string }[];
  const { results } = wsResponse(`${folder}/ModelInfo`) as { results: { result: { uuid: string } }[] };
  return results.find(({ result }) => `model-${result.uuid}` === entity?.tag);
}
