/** How the resources of an estate are called in its Terraform configuration, as far as a state or plan tells it. */
import type { ModelRef } from '../../core/action/action.js';
import type { RelationEnd } from '../../core/snapshot.js';
import { text, texts } from '../json.js';
import { terraformDocument } from '../reader/document.js';
import { endsOf } from '../reader/ends.js';
import { applicationName, Places } from '../reader/places.js';
import { References } from '../reader/references.js';
import { resourcesOf, type Resource } from '../reader/resources.js';
import { label } from './hcl.js';

/** A resource of the configuration. */
export interface Named {
  /** `juju_application` */
  readonly type: string;
  /** Its label in the configuration: `etcd`. */
  readonly label: string;
  /** How it is referred to within its module: `juju_application.etcd[0]`. */
  readonly reference: string;
  /** The whole address: `module.db.juju_application.etcd[0]`. */
  readonly address: string;
  /** `''` for the root. */
  readonly module: string;
  /** What Terraform knows of it; absent where the name is a guess. */
  readonly resource?: Resource;
}

export class Addresses {
  readonly #resources: readonly Resource[];
  readonly #references: References;
  readonly #places: Places;

  /** Without a text every name is a guess. @throws InputError when it is no plan or state. */
  constructor(given?: { readonly content: string; readonly source: string }) {
    const document = given && terraformDocument(given.content, given.source);
    const all = document === undefined ? [] : resourcesOf(document);
    this.#resources = all.filter(({ isData }) => !isData);
    this.#references = new References(document?.root ?? {}, all);
    this.#places = new Places(all, this.#references);
  }

  /** The application's resource, or the name that it most likely has. */
  application(model: ModelRef, name: string): Named {
    const own = this.#of('juju_application').filter((resource) => applicationName(resource) === name);
    return this.#chosen(own, model) ?? guessed('juju_application', name);
  }

  model({ model }: ModelRef): Named {
    const own = this.#of('juju_model').find(({ values }) => values['name'] === model);
    return own === undefined ? guessed('juju_model', model) : named(own);
  }

  /** Undefined where Terraform does not make the relation, or no state was given. */
  integration(model: ModelRef, ends: readonly [RelationEnd, RelationEnd]): Named | undefined {
    const own = this.#of('juju_integration').filter((resource) => this.#joins(resource, ends));
    return this.#chosen(own, model);
  }

  /** The resource by which Terraform gives users a level on a model. */
  grantsOn(model: ModelRef, level: string): Named | undefined {
    const own = this.#of('juju_access_model').filter(({ values }) => values['access'] === level);
    return this.#chosen(own, model);
  }

  /** The resource by which Terraform gives access to an offer. */
  grantsOnOffer(url: string): Named | undefined {
    const own = this.#of('juju_access_offer').find(
      ({ values }) => withoutController(text(values['offer_url']) ?? '') === withoutController(url),
    );
    return own && named(own);
  }

  #of(type: string): readonly Resource[] {
    return this.#resources.filter((resource) => resource.type === type);
  }

  /** That of the model; where the document does not tell models by name, the only one there is. */
  #chosen(own: readonly Resource[], { model }: ModelRef): Named | undefined {
    const here = own.find((resource) => this.#modelName(resource) === model);
    if (here !== undefined) return named(here);
    const [only, second] = own.filter((resource) => this.#places.modelOf(resource).resource === undefined);
    return only === undefined || second !== undefined ? undefined : named(only);
  }

  #modelName(resource: Resource): string | undefined {
    const place = this.#places.modelOf(resource);
    return text(place.resource?.values['name']) ?? text(resource.values['model']);
  }

  #joins(resource: Resource, ends: readonly [RelationEnd, RelationEnd]): boolean {
    const found = endsOf(resource, this.#references)?.map(({ end }) => end);
    const [first, second] = found ?? [];
    if (first === undefined || second === undefined) return false;
    const [a, b] = ends;
    return (fits(first, a) && fits(second, b)) || (fits(first, b) && fits(second, a));
  }
}

function fits(planned: RelationEnd, end: RelationEnd): boolean {
  const isSame = planned.endpoint === undefined || planned.endpoint === end.endpoint;
  return planned.application === end.application && isSame;
}

function withoutController(url: string): string {
  return url.slice(url.indexOf(':') + 1);
}

function named(resource: Resource): Named {
  const { address, module, type } = resource;
  const reference = module === '' ? address : address.slice(module.length + 1);
  const name = /^[\w-]+\.([\w-]+)/.exec(reference)?.[1] ?? reference;
  return { type, label: name, reference, address, module, resource };
}

function guessed(type: string, name: string): Named {
  const reference = `${type}.${label(name)}`;
  return { type, label: label(name), reference, address: reference, module: '' };
}

/** Users that a resource gives access to. */
export function usersOf({ resource }: Named, key = 'users'): readonly string[] {
  return texts(resource?.values[key]);
}
