import type { Dict } from '../../core/dict.js';
import { coveredBy } from '../shared/cidr.js';
import type { Opening } from './exposure.js';

/** What the policy declares for one application: networks by endpoint, `''` for all endpoints. */
export interface Declaration {
  readonly any: boolean;
  readonly byEndpoint: ReadonlyMap<string, readonly string[]>;
  readonly text: string;
}

/** Picks an application's part out of `application` and `application:endpoint` keys. */
export function declarationFor(application: string, declared: Dict<readonly string[]>): Declaration {
  if (Object.keys(declared).length === 0) return undeclared;
  const byEndpoint = new Map<string, readonly string[]>();
  for (const [name, networks] of Object.entries(declared)) {
    const [app = '', endpoint = ''] = name.split(':');
    if (app === application && networks.length > 0) byEndpoint.set(endpoint, networks);
  }
  const parts = [...byEndpoint].map(
    ([endpoint, networks]) => `${endpoint === '' ? '' : `${endpoint}: `}${networks.join(', ')}`,
  );
  return {
    any: byEndpoint.size > 0,
    byEndpoint,
    text: parts.length === 0 ? 'not exposed' : `exposed at most to ${parts.join('; ')}`,
  };
}

const undeclared: Declaration = { any: false, byEndpoint: new Map(), text: 'not exposed' };

/** The networks declared for an opening; what is declared for all endpoints holds for each. */
export function allowanceFor(
  { endpoint }: Opening,
  { byEndpoint }: Declaration,
): readonly string[] | undefined {
  return byEndpoint.get(endpoint) ?? byEndpoint.get('');
}

export function isWithin(opening: Opening, declaration: Declaration): boolean {
  const allowed = allowanceFor(opening, declaration);
  if (allowed === undefined) return false;
  return (
    opening.cidrs.every((cidr) => coveredBy(allowed, cidr)) &&
    opening.spaces.every((space) => allowed.includes(`space:${space}`))
  );
}

/** The declared networks without the spaces, which no action of ours sets. */
export function networksIn(declared: readonly string[]): readonly string[] {
  return declared.filter((entry) => !entry.startsWith('space:'));
}
