/** What a client asks and does to refresh an application. */
import { JujuError } from '../../errors.js';
import { resolved, setCharm } from '../../refresh/request.js';
import { charmUrl } from '../../world/charm-url.js';
import { applicationNamed } from '../../world/exposure.js';
import { need, needUnblocked } from '../../world/levels.js';
import type { SimApplication } from '../../world/state.js';
import type { ModelCall, ModelMethod } from '../call.js';
import { eachResult, flagOf, numberOf, recordOf, recordsOf, textOf, type Params } from '../params.js';

export const charmMethods: Readonly<Record<string, ModelMethod>> = {
  'Application.GetCharmURLOrigin': urlOrigin,
  'Application.SetCharm': set,
  'Charms.ResolveCharms': resolve,
  'Charms.AddCharm': add,
};

/** 3.6 asks for more here than 4.x (Juju facts, section 4). */
function urlOrigin({ model, user, params }: ModelCall): object {
  need(model, user, model.controller.flavour === '3.6' ? 'write' : 'read');
  const application = applicationNamed(model, textOf(params, 'application'));
  return { url: charmUrl(application), 'charm-origin': originOf(application, application.revision) };
}

function originOf({ origin, channel }: SimApplication, revision: number): object {
  const [track = '', risk = ''] = channel.split('/');
  const source = origin === 'local' ? 'local' : 'charm-hub';
  return { source, type: 'charm', revision, track, risk, channel, architecture: 'amd64' };
}

function resolve({ model, user, params }: ModelCall): object {
  need(model, user, 'read');
  return eachResult(recordsOf(params, 'resolve'), (item) => {
    const application = applicationNamed(model, textOf(item, 'application'));
    if (application.origin === 'local')
      throw new JujuError('cannot refresh a local charm without --path or --switch');
    const wish = wishIn(recordOf(item, 'charm-origin'));
    const revision = resolved(application, wish);
    const { channel = application.channel } = wish;
    return {
      url: charmUrl({ ...application, revision }),
      'charm-origin': originOf({ ...application, channel }, revision),
    };
  });
}

function wishIn(origin: Params): { readonly revision?: number; readonly channel?: string } {
  const [revision, channel] = [origin['revision'], textOf(origin, 'channel')];
  return {
    ...(typeof revision === 'number' ? { revision } : {}),
    ...(channel === '' ? {} : { channel }),
  };
}

function add({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  needUnblocked(model, 'change');
  return { 'charm-origin': recordOf(params, 'charm-origin') };
}

function set({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  needUnblocked(model, 'change');
  const application = applicationNamed(model, textOf(params, 'application'));
  const origin = recordOf(params, 'charm-origin');
  setCharm(application, {
    revision: numberOf(origin, 'revision'),
    channel: textOf(origin, 'channel'),
    byNumber: flagOf(origin, 'by-number'),
    withImage: Object.keys(recordOf(params, 'resource-ids')).length > 0,
  });
  return {};
}
