/**
 * Passwords of the charms' own users (charm facts): the older tracks change them by an action, which prints what it set;
 * the newer ones take them from a user's secret, and drop the keys that their code does not know.
 */
import { setPassword } from '../world/passwords.js';
import type { SimApplication } from '../world/state.js';
import type { ActionCall } from './behaviour.js';
import type { ActionAnswer } from './charm.js';

interface Users {
  readonly by: 'action' | 'secret';
  readonly users: readonly string[];
}

const postgresql14: Users = { by: 'action', users: ['operator', 'replication', 'rewind', 'backup'] };
const postgresql16: Users = {
  by: 'secret',
  users: ['operator', 'replication', 'rewind', 'backup', 'monitoring'],
};
const kafka3: Users = { by: 'action', users: ['admin', 'sync'] };
const kafka4: Users = { by: 'secret', users: ['operator', 'replication'] };
/** As the action's description names them. */
const mysql80: Users = { by: 'action', users: ['root', 'serverconfig', 'clusteradmin'] };
const zookeeper: Users = { by: 'action', users: ['super', 'sync'] };

const byCharm: Readonly<Record<string, Users>> = {
  'charmed-etcd/3.6': { by: 'secret', users: ['root'] },
  'postgresql/14': postgresql14,
  'postgresql-k8s/14': postgresql14,
  'postgresql/16': postgresql16,
  'postgresql-k8s/16': postgresql16,
  'kafka/3': kafka3,
  'kafka-k8s/3': kafka3,
  'kafka/4': kafka4,
  'kafka-k8s/4': kafka4,
  'mysql-k8s/8.0': mysql80,
  'zookeeper/3': zookeeper,
  'zookeeper-k8s/3': zookeeper,
};

function usersOf({ charm }: SimApplication): Users | undefined {
  return byCharm[`${charm.name}/${charm.track}`];
}

/** Keys of the secret that the charm's code takes. */
export function keysTaken(application: SimApplication): readonly string[] {
  const users = usersOf(application);
  return users?.by === 'secret' ? users.users : [];
}

const length = 32;
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** `set-password` makes one up where none is given; undefined for other actions. */
export function passwordAction({ world, unit, action, parameters }: ActionCall): ActionAnswer | undefined {
  if (action !== 'set-password') return undefined;
  if (!unit.leader) return { status: 'failed', message: 'The action can be run only on leader unit' };
  const { application } = unit;
  const known = usersOf(application)?.users ?? [];
  const user = typeof parameters['username'] === 'string' ? parameters['username'] : (known[0] ?? '');
  if (!known.includes(user))
    return { status: 'failed', message: `The action can be run only for users: ${known.join(', ')}` };
  const made = Array.from({ length }, () => letters[Math.floor(world.random.next() * letters.length)]).join(
    '',
  );
  const password = typeof parameters['password'] === 'string' ? parameters['password'] : made;
  setPassword(application, user, password);
  return { status: 'completed', output: { [`${user}-password`]: password } };
}
