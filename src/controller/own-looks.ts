import type { OwnChange } from '../core/drift/culprits.js';
import { isKnown } from '../core/fact.js';
import type { ApplicationState } from '../core/snapshot.js';

/** How many of our own looks are remembered, so that nobody else is blamed for them. */
const remembered = 500;

/** What Juju may show of a look. */
const commands = ['exec', 'run', 'list-backups', 'get-listeners', 'status-detail'];

/** Adds a look into the units of an application to those that are remembered. */
export function noteLooks(
  looks: OwnChange[],
  { units }: ApplicationState,
  when: Pick<OwnChange, 'begun' | 'ended'>,
): void {
  for (const unit of isKnown(units) ? Object.keys(units.value) : [])
    for (const command of commands)
      looks.push({ ...when, argv: [command === 'exec' ? 'exec' : 'run', unit, command] });
  looks.splice(0, Math.max(0, looks.length - remembered));
}
