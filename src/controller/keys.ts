/** Queue keys: `controller` for what concerns the controller itself, `controller:model` for a model. */
export interface Place {
  readonly controller: string;
  readonly model?: string;
}

export function keyOf(place: Place): string {
  return place.model === undefined ? place.controller : `${place.controller}:${place.model}`;
}

/** Controller names hold no colon; model names may hold an owner with a slash. */
export function placeOf(key: string): Place {
  const colon = key.indexOf(':');
  return colon < 0 ? { controller: key } : { controller: key.slice(0, colon), model: key.slice(colon + 1) };
}

/** The key of what concerns a controller, or one of its models. */
export function keyAt(controller: string, model: string | undefined): string {
  return keyOf(model === undefined ? { controller } : { controller, model });
}
