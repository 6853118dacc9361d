import { newDict } from '../../core/dict.js';
import { type Instant, type Reading } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import type { ControllerState, ModelState, Snapshot } from '../../core/snapshot.js';
import { terraformDocument } from './document.js';
import { notPlanned, onlyTerraforms } from './gaps.js';
import { modelFrom } from './model.js';
import { Places, type Place } from './places.js';
import { References } from './references.js';
import { resourcesOf, type Resource } from './resources.js';

/** Where a text came from, and when it was read or saved. */
export interface TextOrigin {
  /** The file's name, or `standard input`: for messages and evidence. */
  readonly source: string;
  readonly at: Instant;
}

/** Resources that stand in a model. */
const inModels: ReadonlySet<string> = new Set([
  'juju_application',
  'juju_integration',
  'juju_offer',
  'juju_access_model',
  'juju_secret',
]);

/**
 * The estate that a Terraform plan of the Juju provider wants, before it is applied: what `terraform show -json`
 * prints of a plan, or of a state. What is known only after applying, and what is sensitive, is unknown.
 * @throws InputError when the text is no such plan, or has nothing of Juju in it.
 */
export function readTerraformText(content: string, { source, at }: TextOrigin): Snapshot {
  const document = terraformDocument(content, source);
  const resources = resourcesOf(document);
  if (!resources.some(({ isData }) => !isData))
    throw new InputError(
      `${source} has no resources of the Juju provider (juju_application and the like): name the plan or state of what deploys with it`,
    );
  const reading: Reading = { source: { road: 'terraform', call: source }, at };
  const references = new References(document.root, resources);
  const places = new Places(resources, references);
  const models = newDict<ModelState>();
  for (const [place, own] of byModel(resources, places))
    models[place.key] = modelFrom(reading, { place, resources: own, all: resources, references });
  const controllers = newDict<ControllerState>();
  controllers[''] = controllerFrom(reading, resources, models);
  return { kind: 'Snapshot', version: 'v1', takenAt: at, controllers };
}

function byModel(resources: readonly Resource[], places: Places): ReadonlyMap<Place, readonly Resource[]> {
  const byKey = new Map<string, { place: Place; own: Resource[] }>();
  for (const place of places.models())
    if (place.resource?.isData === false) byKey.set(place.key, { place, own: [] });
  for (const resource of resources) {
    if (resource.isData || !inModels.has(resource.type)) continue;
    const place = places.modelOf(resource);
    const entry = byKey.get(place.key) ?? { place, own: [] };
    entry.own.push(resource);
    byKey.set(place.key, entry);
  }
  return new Map([...byKey.values()].map(({ place, own }) => [place, own]));
}

function controllerFrom(
  reading: Reading,
  resources: readonly Resource[],
  models: ControllerState['models'],
): ControllerState {
  const users = resources.flatMap(({ type, isData, values }) =>
    type === 'juju_user' && !isData && typeof values['name'] === 'string' ? [values['name']] : [],
  );
  return {
    name: '',
    info: notPlanned(reading, "the controller's own version"),
    config: notPlanned(reading, 'controller settings'),
    users: onlyTerraforms(reading, 'the users', users),
    clouds: notPlanned(reading, 'the access to clouds'),
    self: notPlanned(reading, 'who we are on the controller'),
    models,
  };
}
