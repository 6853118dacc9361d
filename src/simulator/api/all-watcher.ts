/** The AllWatcher of 3.6: `Next` waits for a change and tells what differs since the last one. */
import { JujuError } from '../errors.js';
import type { SimModel } from '../world/state.js';
import { entities } from './watcher-entities.js';

type Delta = readonly [kind: string, change: 'change' | 'remove', entity: object];

export interface AllWatcher {
  /** Resolves with at least one delta; rejects when the watcher is stopped. */
  next(): Promise<object>;
  stop(): void;
}

export function watchModel(model: SimModel): AllWatcher {
  let known = new Map<string, string>();
  let stopped = false;
  let wake: (() => void) | undefined;
  const notify = (): void => wake?.();
  model.watchers.add(notify);

  async function next(): Promise<object> {
    for (;;) {
      if (stopped) throw new JujuError('watcher was stopped', 'stopped');
      const current = entitiesOf(model);
      const deltas = differences(known, current);
      known = current;
      if (deltas.length > 0) return { deltas };
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    next,
    stop: () => {
      stopped = true;
      model.watchers.delete(notify);
      notify();
    },
  };
}

function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Delta[] {
  const changed = [...after].filter(([key, text]) => before.get(key) !== text);
  const removed = [...before].filter(([key]) => !after.has(key));
  return [
    ...changed.map(([key, text]): Delta => [kindOf(key), 'change', JSON.parse(text) as object]),
    ...removed.map(([key, text]): Delta => [kindOf(key), 'remove', JSON.parse(text) as object]),
  ];
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf(' '));
}

/** Every entity as JSON text, by kind and name. */
function entitiesOf(model: SimModel): Map<string, string> {
  return new Map(
    entities(model).map(([key, entity]) => [key, JSON.stringify({ 'model-uuid': model.uuid, ...entity })]),
  );
}
