import { newDict, type Dict } from '../../core/dict.js';
import { known, type Fact, type Reading } from '../../core/fact.js';
import type { Machine } from '../../core/snapshot.js';
import { baseOf, baseOfSeries } from './base.js';
import { unreadable } from './gaps.js';
import { branch, defined, isBranch, statusError, text, textOr, texts, type Branch } from './json.js';

/** Containers nest at most this deep in Juju; deeper ones in a hostile file are not followed. */
const deepest = 4;

/** The machines with their containers, or unknown when Juju could not read one of them. */
export function readMachines(reading: Reading, raw: Branch): Fact<Dict<Machine>> {
  const machines = newDict<Machine>();
  const errors: string[] = [];
  addMachines({ machines, errors }, raw, deepest);
  const first = errors[0];
  return first === undefined ? known(reading, machines) : unreadable(reading, 'all machines', first);
}

interface Found {
  readonly machines: Record<string, Machine>;
  readonly errors: string[];
}

function addMachines(found: Found, raw: Branch, depth: number): void {
  for (const id of Object.keys(raw)) {
    const machine = branch(raw[id]);
    const error = statusError(machine) ?? statusError(branch(machine['juju-status']));
    if (error !== undefined) found.errors.push(`machine ${id}: ${error}`);
    found.machines[id] = machineOf(id, machine);
    if (depth > 0 && isBranch(machine['containers'])) addMachines(found, machine['containers'], depth - 1);
  }
}

function machineOf(id: string, raw: Branch): Machine {
  const agent = branch(raw['juju-status']);
  return defined<Machine>({
    id,
    status: text(agent['current']),
    base: baseFrom(raw),
    address: textOr(raw['dns-name']),
    addresses: texts(raw['ip-addresses']),
    instanceId: textOr(raw['instance-id']),
    hasVote:
      raw['controller-member-status'] === undefined
        ? undefined
        : raw['controller-member-status'] === 'has-vote',
    version: textOr(agent['version']),
  });
}

/** The base of a machine or application: `base` since Juju 3, `series` (and `os`) before. */
export function baseFrom(raw: Branch): string | undefined {
  const base = branch(raw['base']);
  return baseOf(text(base['name']), text(base['channel'])) ?? baseOfSeries(text(raw['series']));
}
