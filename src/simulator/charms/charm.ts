/** A charm's facts, as far as a Juju controller acts on them. Sources: the charms' own repositories. */
export interface CharmFacts {
  readonly name: string;
  /** The track these facts hold for; charms change endpoints and options between tracks. */
  readonly track: string;
  /** Ubuntu release such as `24.04`. */
  readonly base: string;
  readonly workloadVersion: string;
  readonly revision: number;
  readonly subordinate?: boolean;
  /** `name role interface [limit=N] [container]`. */
  readonly endpoints: readonly string[];
  /** Option to its type and default; without a default it is unset. */
  readonly options: Readonly<Record<string, OptionFacts>>;
  readonly actions: readonly string[];
  /** What an action answers, for charms without behaviour of their own. */
  readonly answers?: Readonly<Record<string, ActionAnswer>>;
}

export interface ActionAnswer {
  readonly status: 'completed' | 'failed';
  readonly message?: string;
  readonly output?: Readonly<Record<string, unknown>>;
}

export type OptionType = 'string' | 'int' | 'float' | 'boolean' | 'secret';
export type OptionValue = string | number | boolean;
type OptionFacts = readonly [OptionType, OptionValue?];

export type EndpointRole = 'peer' | 'provider' | 'requirer';

export interface Endpoint {
  readonly name: string;
  readonly role: EndpointRole;
  readonly interface: string;
  /** 0 means no limit. */
  readonly limit: number;
  readonly scope: 'global' | 'container';
}

export interface Charm extends Omit<CharmFacts, 'endpoints'> {
  readonly endpoints: readonly Endpoint[];
}

/** Every principal charm provides `juju-info` without naming it in its metadata. */
export const jujuInfo: Endpoint = {
  name: 'juju-info',
  role: 'provider',
  interface: 'juju-info',
  limit: 0,
  scope: 'global',
};

export function charmOf(facts: CharmFacts): Charm {
  return { ...facts, endpoints: facts.endpoints.map(endpointOf) };
}

function endpointOf(text: string): Endpoint {
  const [name = '', role, interfaceName = '', ...rest] = text.split(' ');
  const limit = rest.find((word) => word.startsWith('limit='));
  return {
    name,
    role: role as EndpointRole,
    interface: interfaceName,
    limit: limit === undefined ? 0 : Number(limit.slice('limit='.length)),
    scope: rest.includes('container') ? 'container' : 'global',
  };
}
