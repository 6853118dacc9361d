/**
 * Looks into units of sidecar charms by the cluster that they run on: the same commands as through Juju, run in the
 * container of the charm. Juju keeps no record of them; the cluster's audit log does, where it is on.
 */
import type { PodExec } from '../../core/ports/kube.js';
import type { WorkloadReader } from '../../core/ports/workload-reader.js';
import { answersIn } from './answers.js';
import { knownScripts } from './permitted.js';
import { scriptOf } from './script.js';

/** The container that every sidecar charm has. */
const container = 'charm';

export function kubeReader(exec: PodExec): WorkloadReader {
  return {
    road: 'workload',
    look: async ({ model, unit }, looks, signal) => {
      const script = scriptOf(looks);
      if (!knownScripts().has(script))
        return looks.map(() => ({ missing: 'no command but our own is run on units' }));
      const place = { namespace: namespaceOf(model), pod: unit.replace('/', '-'), container };
      const answer = await exec.run(place, ['/bin/bash', '-c', script], signal);
      return 'missing' in answer ? looks.map(() => answer) : answersIn(answer.stdout, looks);
    },
    act: (_place, action) =>
      Promise.resolve({
        missing: `the action ${action} is run by Juju only`,
        permission: 'model admin for the prober identity, and no cluster named in workload.through',
      }),
  };
}

/** Juju gives the namespace the model's own name. */
function namespaceOf(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1).replace(/^.*:/, '');
}
