import { isKnown, valueOf } from '../../core/fact.js';
import type { ApplicationState, Charm, Relation, Unit } from '../../core/snapshot.js';
import { charmOf, type Charm as SimCharm, type OptionValue } from '../charms/charm.js';
import { charmNamed } from '../charms/table.js';
import type { ApplicationSpec } from '../world/spec.js';
import { charmFor } from './charm-of.js';
import { defined } from './defined.js';
import type { Doubts } from './doubts.js';

/** An application of the snapshot as the simulator builds it: same name, charm, units, options, exposure and trust. */
export function applicationFrom(
  app: ApplicationState,
  relations: readonly Relation[],
  doubts: Doubts,
): ApplicationSpec {
  const charm = valueOf(app.charm);
  const played = charmFor(app, relations, doubts);
  return defined<ApplicationSpec>({
    ...unitsOf(app, doubts),
    ...charmFields(charm),
    name: app.name,
    charm: played,
    canUpgradeTo: valueOf(app.upgrade)?.to,
    workloadVersion: valueOf(app.status)?.workloadVersion,
    config: configOf(app, charmIn(played, charm), doubts),
    trust: valueOf(app.trust) ?? false,
    exposed: exposedAs(app, charmIn(played, charm), doubts),
  });
}

function charmFields(
  charm: Charm | undefined,
): Pick<ApplicationSpec, 'channel' | 'revision' | 'origin' | 'base'> {
  if (charm === undefined) return {};
  return defined<ReturnType<typeof charmFields>>({
    channel: charm.channel,
    revision: charm.revision,
    origin: charm.origin === 'local' ? 'local' : undefined,
    base: charm.base?.split('@')[1],
  });
}

function unitsOf(
  app: ApplicationState,
  doubts: Doubts,
): Pick<ApplicationSpec, 'units' | 'numbers' | 'to' | 'openPorts'> {
  if (!isKnown(app.units)) {
    doubts.add('the units of {} were not read: rehearsed with one unit each', app.name);
    return { units: 1 };
  }
  const units = Object.values(app.units.value).sort((a, b) => numberOf(a) - numberOf(b));
  const machines = units.flatMap(({ machine }) => machine ?? []);
  return {
    units: units.length,
    numbers: units.map(numberOf),
    ...(machines.length === units.length ? { to: machines } : {}),
    ...(units[0]?.openPorts === undefined ? {} : { openPorts: units[0].openPorts }),
  };
}

/** `etcd/3` is unit 3. */
function numberOf({ name }: Unit): number {
  return Number(name.slice(name.lastIndexOf('/') + 1)) || 0;
}

type Played = NonNullable<ApplicationSpec['charm']>;

/** Options that somebody set. What was left out when it was read cannot be played. */
function configOf(
  app: ApplicationState,
  charm: SimCharm,
  doubts: Doubts,
): Readonly<Record<string, OptionValue>> {
  if (!isKnown(app.config)) {
    doubts.add("options were not read: rehearsed with the charms' defaults ({})", app.name);
    return {};
  }
  const set: Record<string, OptionValue> = {};
  for (const [name, option] of Object.entries(app.config.value)) {
    if (option.source === 'default' || !(name in charm.options)) continue;
    if (option.redacted === true)
      doubts.add('values of options were not kept when they were read ({})', `${app.name} ${name}`);
    else if (isOptionValue(option.value)) set[name] = option.value;
  }
  return set;
}

function charmIn(played: Played, charm: Charm | undefined): SimCharm {
  return typeof played === 'string' ? charmNamed(played, charm?.channel) : charmOf(played);
}

function isOptionValue(value: unknown): value is OptionValue {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Juju refuses to expose an endpoint that the charm does not have. */
function exposedAs(
  app: ApplicationState,
  charm: SimCharm,
  doubts: Doubts,
): NonNullable<ApplicationSpec['exposed']> {
  const exposure = valueOf(app.exposure);
  if (exposure?.exposed !== true) return false;
  const { endpoints = {} } = exposure;
  const names = Object.keys(endpoints);
  if (names.length === 0) return true;
  const known = names.filter(
    (name) => name === '' || charm.endpoints.some((endpoint) => endpoint.name === name),
  );
  for (const name of names.filter((each) => !known.includes(each)))
    doubts.add('endpoints that the simulator does not know are not exposed ({})', `${app.name}:${name}`);
  return known.length === 0
    ? false
    : Object.fromEntries(known.map((name) => [name, endpoints[name]?.cidrs ?? []]));
}
