import type { Action, ModelRef, Remedy, Undo } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Exposure } from '../../core/snapshot.js';
import { exposureOf, tooOpen, type Reach } from './exposure.js';
import { modelRef } from './model-ref.js';

/** Closes an application that the policy wants closed, or narrows what is too open to the declared addresses. */
export function exposureRemedies(app: ApplicationView, reach: Reach): readonly Remedy[] {
  const model = modelRef(app.model);
  const exposure = exposureOf(app)?.value;
  if (model === undefined || exposure?.exposed !== true) return [];
  if (reach.cidrs.length === 0) return [unexpose(app, model, exposure)];
  return tooOpen(exposure, reach).map((endpoint) => narrow({ app, model, exposure, reach }, endpoint));
}

function unexpose(app: ApplicationView, model: ModelRef, exposure: Exposure): Remedy {
  const names = exposure.endpoints === undefined ? [] : Object.keys(exposure.endpoints);
  return {
    action: { type: 'unexpose', model, application: app.name },
    undo:
      names.length === 0
        ? unknownBefore
        : undoOf(names.map((name) => exposedBefore(app, model, { exposure, name }))),
    effect: `${app.name} is not exposed`,
    ...about(names.flatMap((name) => openTo(exposure, name))),
  };
}

interface Narrowing {
  readonly app: ApplicationView;
  readonly model: ModelRef;
  readonly exposure: Exposure;
  readonly reach: Reach;
}

function narrow({ app, model, exposure, reach }: Narrowing, name: string): Remedy {
  const endpoint = name === '' ? {} : { endpoint: name };
  return {
    action: { type: 'expose', model, application: app.name, ...endpoint, cidrs: reach.cidrs },
    undo: undoOf([exposedBefore(app, model, { exposure, name })]),
    effect: `${app.name} is exposed to ${reach.cidrs.join(', ')} only`,
    ...about(openTo(exposure, name)),
  };
}

const unknownBefore: Undo = { irreversible: 'to whom the application was exposed before was not read' };

function about(
  cutsOff: readonly string[],
): Pick<Remedy, 'risk' | 'disruptive' | 'repeatable' | 'cutsOff' | 'preconditions'> {
  const everyone = cutsOff.length === 0 ? ['everyone outside the model'] : cutsOff;
  return { risk: 'medium', disruptive: true, repeatable: true, cutsOff: everyone, preconditions: [] };
}

function openTo({ endpoints }: Exposure, name: string): readonly string[] {
  const to = endpoints?.[name];
  return to === undefined ? [] : [...to.cidrs, ...to.spaces.map((space) => `space ${space}`)];
}

/** Undefined when the endpoint was open to spaces, which no action restores. */
function exposedBefore(
  app: ApplicationView,
  model: ModelRef,
  { exposure, name }: { readonly exposure: Exposure; readonly name: string },
): Action | undefined {
  const to = exposure.endpoints?.[name];
  if (to === undefined || to.spaces.length > 0) return undefined;
  const cidrs = to.cidrs.length === 0 ? ['0.0.0.0/0', '::/0'] : to.cidrs;
  return { type: 'expose', model, application: app.name, ...(name === '' ? {} : { endpoint: name }), cidrs };
}

function undoOf(actions: readonly (Action | undefined)[]): Undo {
  const inverse = actions.filter((action) => action !== undefined);
  if (inverse.length < actions.length)
    return { irreversible: 'it was exposed to spaces, which is not restored by itself' };
  return { inverse };
}
