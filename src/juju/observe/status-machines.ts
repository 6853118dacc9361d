import { newDict, type Dict } from '../../core/dict.js';
import { known, type Fact } from '../../core/fact.js';
import type { Machine } from '../../core/snapshot.js';
import type { Steps } from '../../core/steps.js';
import { baseOf, baseOfSeries } from '../status/base.js';
import { branch, defined, text, textOr, texts, type Branch } from '../status/json.js';
import { isMachineId } from './names.js';
import { errorOf, unreadable, type StatusContext } from './status-context.js';

/** The machines with their containers, or unknown when Juju could not read one of them. */
export function* readMachines(context: StatusContext, raw: Branch): Steps<Fact<Dict<Machine>>> {
  const machines = newDict<Machine>();
  const error = yield* addMachines(context, machines, raw, deepest);
  if (error !== undefined) return unreadable(context.reading, 'all machines', error);
  return known(context.reading, machines);
}

/** Containers nest at most this deep in Juju. */
const deepest = 4;

/** Adds all it can; the first error, if any. */
function* addMachines(
  context: StatusContext,
  machines: Record<string, Machine>,
  raw: Branch,
  depth: number,
): Steps<string | undefined> {
  let first: string | undefined;
  for (const id of Object.keys(raw)) {
    if (!isMachineId(id)) {
      context.onBadName('machine', id);
      continue;
    }
    const machine = branch(raw[id]);
    const error = errorOf(machine, 'agent-status');
    if (error !== undefined) first ??= `machine ${id}: ${error}`;
    machines[id] = machineOf(id, machine);
    const nested = branch(machine['containers']);
    if (depth > 0) first = (yield* addMachines(context, machines, nested, depth - 1)) ?? first;
    yield;
  }
  return first;
}

function machineOf(id: string, raw: Branch): Machine {
  const agent = branch(raw['agent-status']);
  const base = branch(raw['base']);
  return defined<Machine>({
    id,
    status: text(agent['status']),
    base: baseOf(text(base['name']), text(base['channel'])) ?? baseOfSeries(text(raw['series'])),
    address: textOr(raw['dns-name']),
    addresses: texts(raw['ip-addresses']),
    instanceId: textOr(raw['instance-id']),
    hasVote: typeof raw['has-vote'] === 'boolean' ? raw['has-vote'] : undefined,
    version: textOr(agent['version']),
  });
}
