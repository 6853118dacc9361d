/** Which model and which application a resource is about, whatever version of the provider wrote it. */
import { branches, listed, text } from '../json.js';
import { constantText, type References } from './references.js';
import type { Resource } from './resources.js';

/** A model of the document: its key in the snapshot, and the resource that makes or reads it, if any does. */
export interface Place {
  readonly key: string;
  readonly resource?: Resource;
}

/** Models whose name nothing tells stand together under this name. */
const nameless = '(known after apply)';

export class Places {
  readonly #references: References;
  readonly #models: readonly Place[];

  constructor(resources: readonly Resource[], references: References) {
    this.#references = references;
    this.#models = modelPlaces(resources.filter(({ type }) => type === 'juju_model'));
  }

  /** The models that the document itself makes or reads. */
  models(): readonly Place[] {
    return this.#models;
  }

  /** The model that a resource is in. Version 0 of the provider names it, later ones give its UUID. */
  modelOf(resource: Resource): Place {
    const { model, model_uuid: uuid } = resource.values;
    const name = text(model);
    if (name !== undefined) return this.#named(name) ?? { key: name };
    const id = text(uuid);
    if (id !== undefined) return this.#identified(id) ?? { key: id };
    const target = this.#references.of(resource, 'model_uuid') ?? this.#references.of(resource, 'model');
    return this.#models.find((place) => place.resource === target) ?? { key: nameless };
  }

  #named(name: string): Place | undefined {
    return this.#models.find(({ resource }) => text(resource?.values['name']) === name);
  }

  #identified(uuid: string): Place | undefined {
    return this.#models.find(({ resource }) =>
      [resource?.values['uuid'], resource?.values['id']].includes(uuid),
    );
  }
}

/** A model that is both made and read counts once; two of one name are told apart by their addresses. */
function modelPlaces(resources: readonly Resource[]): readonly Place[] {
  const taken = new Set<string>();
  return [...resources]
    .sort((a, b) => Number(a.isData) - Number(b.isData))
    .map((resource) => {
      const name = text(resource.values['name']) ?? nameOf(resource);
      const key = taken.has(name) && !resource.isData ? `${name} (${resource.address})` : name;
      taken.add(key);
      return { key, resource };
    });
}

/** What an application is called: without a name of its own, as its charm. */
export function applicationName(resource: Resource): string {
  const own = text(resource.values['name']);
  return own ?? text(branches(resource.values['charm'])[0]?.['name']) ?? nameOf(resource);
}

/** The label of a resource in the configuration. */
function nameOf({ address }: Resource): string {
  return /\.([\w-]+)(?:\[[^\]]*\])?$/.exec(address)?.[1] ?? address;
}

/** What an offer is called: without a name of its own, as its application. */
export function offerName(resource: Resource, references: References): string {
  return text(resource.values['name']) ?? offeredApplication(resource, references) ?? nameOf(resource);
}

export function offeredApplication(resource: Resource, references: References): string | undefined {
  const own = text(resource.values['application_name']);
  if (own !== undefined) return own;
  const target = references.of(resource, 'application_name');
  return target === undefined
    ? constantText(references.expressions(resource)['application_name'])
    : applicationName(target);
}

/** Version 0 of the provider offers one endpoint, later ones several. */
export function offeredEndpoints({ values }: Resource): readonly string[] {
  const several = Array.isArray(values['endpoints']) ? values['endpoints'] : [];
  const names = several.filter((name): name is string => typeof name === 'string');
  return names.length > 0 ? names : listed(values['endpoint']);
}
