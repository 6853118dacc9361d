/** Which part each place belongs to, by the key under which it is worked on. */
import { partOf } from '../../core/sharing/parts.js';
import type { Action } from '../../core/action/action.js';
import type { Remediation } from '../../core/ports/index.js';
import type { Attend } from '../../core/ports/sharing.js';
import { keyOf, placeOf } from '../keys.js';

export class Places {
  readonly parts: number;
  /** Of models as they were last listed, and of controllers. */
  private readonly known = new Map<string, number>();

  constructor(parts: number) {
    this.parts = parts;
  }

  /** Takes note of a model; gives the part that it belongs to. */
  learn(controller: string, { shown, name, owner }: Parameters<Attend>[0]): number {
    const part = partOf({ controller, model: { owner, name } }, this.parts);
    this.known.set(keyOf({ controller, model: shown }), part);
    return part;
  }

  /** Undefined for a model that was never listed: nobody knows yet whose it is. */
  partOf(key: string): number | undefined {
    const { controller, model } = placeOf(key);
    return model === undefined ? this.ofController(controller) : this.known.get(key);
  }

  ofController(controller: string): number {
    const before = this.known.get(controller);
    if (before !== undefined) return before;
    const part = partOf({ controller }, this.parts);
    this.known.set(controller, part);
    return part;
  }

  /** By what it does: it may be about a model that was not listed yet. */
  ofRemediation({ action: { args }, target: { controller = '', model } }: Remediation): number {
    const acted = modelOf(args);
    if (model === undefined || acted === undefined) return this.ofController(controller);
    return this.learn(controller, { shown: model, ...acted });
  }

  /** Keys of all known places that belong to a part. */
  keysIn(part: number): readonly string[] {
    return [...this.known].flatMap(([key, of]) => (of === part ? [key] : []));
  }
}

/** The model that an action is about, also where it changes who may reach it. */
function modelOf(action: Action): { readonly owner: string; readonly name: string } | undefined {
  if ('model' in action) return { owner: action.model.owner, name: action.model.model };
  const on = 'on' in action ? action.on.name : undefined;
  const [, owner, name] = /^([^/]+)\/([^.]+)/.exec(on ?? '') ?? [];
  return owner === undefined || name === undefined ? undefined : { owner, name };
}
