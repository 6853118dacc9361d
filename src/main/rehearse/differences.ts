import { valueOf } from '../../core/fact.js';
import type { Snapshot, Unit } from '../../core/snapshot.js';

/** Units that the copy shows in another state than the original had: what follows from that state is not rehearsed. */
export function differencesOf(original: Snapshot, copy: Snapshot): readonly string[] {
  const units = Object.entries(copy.controllers).flatMap(([controller, { models }]) =>
    Object.entries(models).flatMap(([model, { applications }]) =>
      Object.entries(applications).flatMap(([name, app]) => {
        const real = original.controllers[controller]?.models[model]?.applications[name];
        return real === undefined ? [] : unlike(valueOf(real.units) ?? {}, valueOf(app.units) ?? {});
      }),
    ),
  );
  return units.length === 0
    ? []
    : [`units are rehearsed in another state than they have (${units.join('; ')})`];
}

function unlike(
  real: Readonly<Record<string, Unit>>,
  played: Readonly<Record<string, Unit>>,
): readonly string[] {
  return Object.values(real).flatMap(({ name, workload, workloadMessage }) => {
    const copy = played[name];
    if (copy === undefined || copy.workload === workload) return [];
    const message = workloadMessage === '' ? '' : `: ${workloadMessage}`;
    return [`${name} is ${workload}${message}, ${copy.workload} in the copy`];
  });
}
