/** The charm of an application as the simulator can play it. */
import { isKnown, valueOf } from '../../core/fact.js';
import type { ApplicationState, Charm, Relation, RelationEnd } from '../../core/snapshot.js';
import type { CharmFacts } from '../charms/charm.js';
import { charmNamed, knownTracks } from '../charms/table.js';
import type { ApplicationSpec } from '../world/spec.js';
import type { Doubts } from './doubts.js';

/** A charm that the simulator knows by its name; of any other a stand-in that has its endpoints and does nothing. */
export function charmFor(
  app: ApplicationState,
  relations: readonly Relation[],
  doubts: Doubts,
): NonNullable<ApplicationSpec['charm']> {
  const charm = valueOf(app.charm);
  if (charm === undefined) {
    doubts.add('the charm was not read: it stands by and does nothing ({})', app.name);
    return standIn(app, undefined, relations);
  }
  const tracks = knownTracks(charm.name);
  if (tracks.length === 0) {
    doubts.add(
      'charms that the simulator does not know stand by and do nothing ({})',
      `${app.name} of ${charm.name}`,
    );
    return standIn(app, charm, relations);
  }
  const played = charmNamed(charm.name, charm.channel).track;
  if (charm.track !== undefined && charm.track !== played)
    doubts.add(
      'tracks that the simulator does not know are played as another ({})',
      `${app.name} of ${charm.name} ${charm.track} as ${played}`,
    );
  return charm.name;
}

function standIn(
  app: ApplicationState,
  charm: Charm | undefined,
  relations: readonly Relation[],
): CharmFacts {
  const unread: Charm = { name: app.name, subordinateTo: [] };
  const { name, track = 'latest', revision = 1, base = '', subordinateTo } = charm ?? unread;
  return {
    ...{ name, track, revision },
    base: base.split('@')[1] ?? '24.04',
    workloadVersion: valueOf(app.status)?.workloadVersion ?? '',
    ...(subordinateTo.length > 0 ? { subordinate: true } : {}),
    endpoints: endpointsIn(app.name, relations),
    options: optionsOf(app),
    actions: [],
  };
}

/** Its endpoints, as far as relations show them. */
function endpointsIn(name: string, relations: readonly Relation[]): readonly string[] {
  const found = relations.flatMap((relation) => {
    const [one, other] = relation.ends;
    if (isAt(one, name)) return endpointText(one, other, relation);
    return isAt(other, name) ? endpointText(other, one, relation) : [];
  });
  return [...new Set(found)];
}

function isAt(end: RelationEnd, name: string): boolean {
  return end.application === name && end.remote !== true;
}

function endpointText(own: RelationEnd, other: RelationEnd, relation: Relation): readonly string[] {
  if (own.endpoint === undefined || own.endpoint === 'juju-info' || relation.interface === '') return [];
  const opposite = other.role === 'requirer' ? 'provider' : 'requirer';
  const container = relation.scope === 'container' ? ' container' : '';
  return [`${own.endpoint} ${own.role ?? opposite} ${relation.interface}${container}`];
}

function optionsOf({ config }: ApplicationState): CharmFacts['options'] {
  if (!isKnown(config)) return {};
  const options = Object.entries(config.value).map(([name, { value }]) => [name, [typeOf(value)] as const]);
  return Object.fromEntries(options) as CharmFacts['options'];
}

function typeOf(value: unknown): 'string' | 'int' | 'boolean' {
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'number' ? 'int' : 'string';
}
