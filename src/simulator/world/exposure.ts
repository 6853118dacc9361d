import { JujuError } from '../errors.js';
import { endpointsOf } from './endpoints.js';
import { touch, type Exposure, type SimApplication, type SimModel } from './state.js';

const everywhere: Exposure = { cidrs: ['0.0.0.0/0', '::/0'], spaces: [] };

/** Sets the exposure of the endpoints named (`''`: all); those named before keep theirs. */
export function expose(application: SimApplication, endpoints: ReadonlyMap<string, Exposure>): void {
  checkEndpoints(application, [...endpoints.keys()]);
  const wanted = endpoints.size > 0 ? endpoints : new Map([['', everywhere]]);
  for (const [endpoint, exposure] of wanted) {
    const open = exposure.cidrs.length + exposure.spaces.length > 0;
    application.exposed.set(endpoint, open ? exposure : everywhere);
  }
  touch(application.model);
}

/** Closes the endpoints named, or everything. */
export function unexpose(application: SimApplication, endpoints: readonly string[]): void {
  checkEndpoints(application, endpoints);
  if (endpoints.length === 0) application.exposed.clear();
  for (const endpoint of endpoints) application.exposed.delete(endpoint);
  touch(application.model);
}

export function applicationNamed(model: SimModel, name: string, prefix = ''): SimApplication {
  const application = model.applications.get(name);
  if (application === undefined) throw new JujuError(`${prefix}application "${name}" not found`);
  return application;
}

function checkEndpoints({ model, name }: SimApplication, endpoints: readonly string[]): void {
  const known = (endpointsOf(model, name) ?? []).map((endpoint) => endpoint.name);
  const unknown = endpoints.filter((endpoint) => endpoint !== '' && !known.includes(endpoint));
  if (unknown.length > 0) {
    throw new JujuError(`one or more of the provided endpoints [${unknown.join(' ')}] do not exist`);
  }
}
