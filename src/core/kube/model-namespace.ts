/** Which namespace of a cluster is a model's: Juju makes one for each model and writes on it whose it is. */
import { labelOf } from './network-policy/selector.js';
import type { Namespace } from './object.js';

/** What is known of a model that might own a namespace. */
export interface NamespaceOwner {
  /** As in `data`, without its owner. */
  readonly name: string;
  readonly uuid?: string;
  readonly controller: string;
  readonly isController: boolean;
}

/** Since Juju's second kind of labels; before, the annotation of the same name alone told it. */
const modelId = 'model.juju.is/id';
const modelName = 'model.juju.is/name';

/**
 * Whether a namespace is a model's: by the model's UUID where the namespace tells one and ours is known, else by the
 * model's name. Two controllers may both have a model `data`, so that a UUID that differs settles it.
 */
export function isNamespaceOf(owner: NamespaceOwner, { name, labels, jujuAnnotations }: Namespace): boolean {
  const uuid = labelOf(labels, modelId) ?? labelOf(jujuAnnotations, modelId);
  if (uuid !== undefined && owner.uuid !== undefined) return uuid === owner.uuid;
  const told = labelOf(labels, modelName);
  return name === namespaceName(owner) && (told === undefined || told === owner.name);
}

/** How Juju calls the namespace of a model: as the model; that of the controller's own bears the controller's name. */
export function namespaceName({ name, controller, isController }: NamespaceOwner): string {
  return isController ? `controller-${controller}` : name;
}
