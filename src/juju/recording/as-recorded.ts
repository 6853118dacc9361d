import { mapDict } from '../../core/dict.js';
import type { Fact, Source } from '../../core/fact.js';
import type { ControllerState } from '../../core/snapshot.js';

/** The same controller with every fact told to be from a recording: nobody was asked just now. */
export function asRecorded(controller: ControllerState): ControllerState {
  const sources = new Map<Source, Source>();
  const relabel = <T extends object>(state: T): T => relabelled(state, sources);
  return {
    ...relabel(controller),
    models: mapDict(controller.models, (model) => ({
      ...relabel(model),
      applications: mapDict(model.applications, relabel),
    })),
  };
}

function relabelled<T extends object>(state: T, sources: Map<Source, Source>): T {
  const copy = { ...state };
  for (const key in state) {
    const value: unknown = state[key];
    if (isFact(value)) copy[key] = { ...state[key], source: recorded(value.source, sources) };
  }
  return copy;
}

/** Facts of one answer share their source. */
function recorded(source: Source, sources: Map<Source, Source>): Source {
  if (source.road === 'probe') return source;
  const known = sources.get(source) ?? { ...source, road: 'recording' as const };
  sources.set(source, known);
  return known;
}

/** A group of things by name may hold one that is called `source`, but that one is no text and no road. */
export function isFact(value: unknown): value is Fact<unknown> {
  if (typeof value !== 'object' || value === null || !('source' in value)) return false;
  return 'at' in value && ('value' in value || 'unknown' in value);
}
