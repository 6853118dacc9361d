/** Which namespaces of a cluster the models of an estate live in. */
import { isKnown, valueOf } from '../fact.js';
import { globMatcher } from '../glob.js';
import type { ControllerState, ModelState } from '../snapshot.js';
import { namespaceName, type NamespaceOwner } from './model-namespace.js';

/** A model by its names. */
export interface ModelPlace {
  readonly controller: string;
  readonly model: string;
}

/**
 * The namespaces of models on Kubernetes by the names that Juju gives them, each with its models: several where
 * controllers have models of the same name, of which the labels on the namespace tell whose it is.
 */
export function modelNamespaces(
  controllers: readonly ControllerState[],
  match: { readonly controller?: string; readonly model?: string },
): ReadonlyMap<string, readonly ModelPlace[]> {
  const isController = globMatcher(match.controller ?? '*');
  const isModel = globMatcher(match.model ?? '*');
  const found = new Map<string, ModelPlace[]>();
  for (const controller of controllers.filter(({ name }) => isController(name))) {
    for (const model of Object.values(controller.models)) {
      if (!runsOnKubernetes(model) || !isModel(model.name)) continue;
      const namespace = namespaceName(namespaceOwner(model));
      const place = { controller: controller.name, model: model.name };
      found.set(namespace, [...(found.get(namespace) ?? []), place]);
    }
  }
  return found;
}

/** What is known of a model when its namespace is looked for. */
export function namespaceOwner({
  name: fullName,
  controller,
  info,
}: Pick<ModelState, 'name' | 'controller' | 'info'>): NamespaceOwner {
  const { uuid, isController } = valueOf(info) ?? {};
  const name = fullName.slice(fullName.lastIndexOf('/') + 1);
  return {
    name,
    controller,
    isController: isController ?? name === 'controller',
    ...(uuid === undefined ? {} : { uuid }),
  };
}

function runsOnKubernetes({ info }: ModelState): boolean {
  return isKnown(info) && info.value.type === 'caas';
}
