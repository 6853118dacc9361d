import { isIP } from 'node:net';

/**
 * Names that may become arguments of `juju`, by Juju's own rules for them. They come from models, so they are hostile
 * until they matched; none of them can begin with a dash and be taken for an option. There is one way
 * only to match each, so that none costs time that grows with the ways.
 */
const application = '[a-z][a-z0-9]*(?:-[0-9]*[a-z][a-z0-9]*)*';
const endpoint = '[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*';
const userPart = '[a-zA-Z0-9](?:[a-zA-Z0-9.+-]*[a-zA-Z0-9])?';
const user = `${userPart}(?:@${userPart})?`;
const model = '[a-z0-9]+[a-z0-9-]*';
const controller = '[a-zA-Z0-9][a-zA-Z0-9_.@-]*';

const longest = 256;

function matcher(source: string): (name: string) => boolean {
  const pattern = new RegExp(`^(?:${source})$`);
  return (name) => name.length <= longest && pattern.test(name);
}

export const isApplication = matcher(application);
/** An application with its endpoint, as in `etcd:peer-certificates`. */
export const isEndpoint = matcher(`${application}:${endpoint}`);
export const isEndpointName = matcher(endpoint);
/** A unit by number, or the one that leads: `etcd/0`, `etcd/leader`. */
export const isUnit = matcher(`${application}/(?:0|[1-9][0-9]*|leader)`);
/** A local or external user: `bob`, `bob@external`. */
export const isUser = matcher(user);
/** A model with or without its owner: `data`, `admin/data`. */
export const isModel = matcher(`(?:${user}/)?${model}`);
export const isController = matcher(controller);
/** A model in full, as every call names it: `prod:admin/data`. */
export const isModelOfController = matcher(`${controller}:(?:${user}/)?${model}`);
/** An offer by its path in the controller, as in `admin/data.database`. */
export const isOffer = matcher(`${user}/${model}\\.${application}`);
/** An option of a charm, a model or a controller. */
export const isConfigKey = matcher('[a-zA-Z0-9][a-zA-Z0-9_.-]*');
export const isActionName = matcher('[a-z](?:[a-z0-9-]*[a-z0-9])?');
export const isCloud = matcher('[a-zA-Z0-9](?:[a-zA-Z0-9._-]*)');

/** A network such as `10.0.0.0/8`. Juju itself takes and stores `10.0.0.0/99`. */
export function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  return Number(bits) <= (version === 4 ? 32 : 128);
}
