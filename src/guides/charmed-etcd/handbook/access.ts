import type { Handbook } from '../../../core/handbook.js';
import { attestation, bothModels, charmWrites, exposureChange } from '../../shared/handbook.js';

export const access: Readonly<Record<string, Handbook>> = {
  'ETCD-AUTH-01': {
    passes: 'Every unit says that authentication is on, or turns away whoever asks without being a user.',
    waiving: {
      when: 'Hardly ever right: without it whoever reaches the port is root. Right for hours, while the charm is being mended.',
      instead: 'let nobody but its clients reach port 2379 (ETCD-NET-01), by the firewall if need be.',
      atMost: '7d',
      reason: 'off after a restore until the charm sets its password anew',
    },
  },
  'ETCD-AUTH-02': {
    passes: 'Port 2379 of every unit turns away callers that show no certificate.',
    waiving: tlsLater(),
  },
  'ETCD-AUTH-03': {
    passes:
      'Holdfast changed the password of root within the time that the rotation rule sets; without a rule, a named person states when it was changed.',
    needs: {
      ...attestation,
      N: 'the application named under rotation in the policy: then the journal tells when the password was changed',
    },
    change: {
      steps: [
        'Makes up a password and keeps it in a user secret of the model that is granted to the application alone.',
        "Names that secret in option system-users, by 'juju config'; the password is never an argument.",
        "Counts it as done when the charm's own secret has a revision that is not older.",
      ],
      rollback: 'None: a password that was replaced is gone. It always needs an approval.',
      cutsOff: 'Whoever uses the old password of root.',
    },
    waiving: {
      when: 'Right while something still logs in as root with a password in a file, as long as it takes to give it a user of its own. Never for a password that is known to have leaked.',
      instead: 'give that something a user with a role for its prefix (ETCD-AUTHZ-01), and root to nobody.',
      atMost: '60d',
      reason: 'the backup script logs in as root until it has a user of its own',
    },
  },
  'ETCD-AUTHZ-01': {
    passes:
      'No user but root and those of the parameter rootUsers has the role root, none but those of wholeKeySpace reaches every key, each that prefixes names keeps to them, and no two share a role.',
    needs: {
      W: 'etcd under an entry of workload: a user of etcd with the role root, because etcd lists users to no other',
    },
    waiving: {
      when: 'Right where nobody wants to hand out a user with the role root: then users and roles are looked through by hand, and the waiver names who did that and when.',
      instead: 'list users and roles by hand once a quarter, and take away what grew.',
      atMost: '90d',
      reason: 'users and roles were looked through on 1 December; nobody but root has all keys',
    },
  },
  'ETCD-AUTHZ-02': {
    passes: 'No data-integrator at etcd asks for the admin role, but those of the parameter adminClients.',
    needs: { S: bothModels },
    waiving: {
      when: 'Right for a migration that has to write everywhere. A client that stays admin belongs into the parameter adminClients.',
      instead: 'remove the relation when the migration is over: the account goes with it.',
      atMost: '14d',
      reason: 'the migration tool writes all prefixes until 20 December',
    },
  },
  'ETCD-NET-01': {
    passes:
      'The application is not exposed, or only within the parameter cidrs, and every endpoint is bound to a space that the parameter spaces names.',
    change: exposureChange,
    waiving: {
      when: 'Right where a firewall outside of Juju limits who reaches the ports: name it. Networks that are meant to reach etcd belong into the parameters.',
      instead:
        'try ports 2379 and 2380 from outside on a schedule: what Juju does not govern it cannot show.',
      atMost: '90d',
      reason: 'the firewall of the data centre lets the cluster network in only',
    },
  },
  'ETCD-DBG-01': {
    passes: 'enable-pprof is not true in the configuration that any member reads.',
    waiving: {
      when: `${charmWrites} Callers without a certificate do not reach the debug endpoints, which are served on the client port.`,
      instead: 'demand certificates of clients: while that passes, only clients of etcd reach these pages.',
      compensatedBy: 'ETCD-AUTH-02',
      atMost: '180d',
      reason: 'the charm turns pprof on; clients without a certificate are turned away',
    },
  },
};

function tlsLater(): Handbook['waiving'] {
  return {
    when: 'Right while the last clients are being given certificates, with a date. It goes with ETCD-ENC-01: waive both or none.',
    instead:
      'let only the known clients reach port 2379 (ETCD-NET-01), and give each a strong password of its own.',
    atMost: '60d',
    reason: 'the last client gets its certificate in January',
  };
}
