import { relationsOf } from '../../world/relation-rules.js';
import type { SimApplication } from '../../world/state.js';
import type { PortPlan, PortSigner } from '../../world/unit-ports.js';
import { signerAt } from '../certificates.js';
import { isTls, type Serving } from './product.js';

type Part = Serving[string];

export interface Certified {
  readonly endpoint: string;
  /** How the part is served while certificates are being waited for. */
  readonly now: Part | undefined;
  /** How it is served without a provider. */
  readonly otherwise: Part;
}

/** How a part that takes certificates from an endpoint is to be served. */
export function certified(application: SimApplication, { endpoint, now, otherwise }: Certified): Part {
  const signer = signerAt(application, endpoint);
  return signer === 'waiting' ? (now ?? otherwise) : (signer ?? otherwise);
}

/** The port of a part. */
export function planOf(part: Part | undefined, port: Pick<PortPlan, 'port' | 'protocol'>): PortPlan {
  if (part === undefined || part === 'none') return { ...port, mode: 'closed' };
  return isTls(part) ? { ...port, mode: 'tls', provider: part } : { ...port, mode: 'plaintext' };
}

/** The CA that newer charms make up for their members: called by application and model. */
export function ownAuthority({ model, name }: SimApplication): PortSigner {
  return { id: `${model.uuid}/${name} itself`, commonName: `${name}-${model.uuid}` };
}

/** Whether an endpoint has a relation that stays. */
export function isRelated({ model, name }: SimApplication, endpoint: string): boolean {
  return relationsOf(model, name, endpoint).some(({ status, dying }) => status === 'joined' && !dying);
}
