import type { Handbook } from '../../../core/handbook.js';
import { attestation, backToBefore } from '../../shared/handbook.js';

export const access: Readonly<Record<string, Handbook>> = {
  'MYSQL-AUTH-01': {
    passes:
      'The policy has the passwords of the internal users changed, and the journal tells that each was changed in time.',
    needs: {
      N: 'the application named under rotation in the policy: then the journal tells when each password was changed',
    },
    change: {
      steps: [
        "Runs 'set-password username=USER' on the leader, user by user, for those that the rotation in the policy names; the charm makes the password up.",
        'Counts it as done when the charm said so.',
      ],
      rollback: 'None: a password that was replaced is gone. It always needs an approval.',
      cutsOff:
        'Whoever uses the old password of an internal user; clients with users of their own notice nothing.',
    },
    waiving: {
      when: 'Right while something still logs in as root, serverconfig or clusteradmin with a password in a file, until it has a user of its own. Never for a password that is known to have leaked.',
      instead: 'give that something a user of its own by a relation or data-integrator.',
      atMost: '60d',
      reason: 'the old dump script logs in as serverconfig until January',
    },
  },
  'MYSQL-AUTH-02': {
    passes: 'Nothing is related to mysql-root.',
    waiving: {
      when: 'Right while an application that knows no other interface is being replaced, and the whole database is its own.',
      instead: 'give that application a MySQL to itself, so that nobody else has data within its reach.',
      atMost: '60d',
      reason: 'the old shop moves to the interface mysql_client in January; it shares this MySQL with nobody',
    },
  },
  'MYSQL-AUTH-03': {
    passes:
      'A named owner states that every account that people log in by says caching_sha2_password; MySQL tells its accounts to its administrators only.',
    needs: attestation,
    waiving: {
      when: 'Right while one old client has a driver that knows no caching_sha2_password.',
      instead: 'let that client in over TLS only (MYSQL-ENC-01), with few rights and a long random password.',
      atMost: '90d',
      reason: 'the old report server gets a new driver in February',
    },
  },
  'MYSQL-NET-01': {
    passes: 'No service of its namespace opens MySQL to the outside of the cluster.',
    needs: { K: 'an entry under clusters in the policy: the services of the namespace' },
    waiving: {
      when: 'Right while clients outside are being moved to MySQL Router or into the cluster.',
      instead:
        'limit the address by the firewall in front of it, and see that clients without TLS are refused (MYSQL-ENC-01).',
      atMost: '30d',
      reason: 'two clients outside move to MySQL Router this month',
    },
  },
  'MYR-NET-01': {
    passes:
      'The option expose-external is false, or as the parameter external declares, and no other service opens the Router.',
    needs: {
      J: 'identities.observer with read on the model: the option expose-external',
      K: 'an entry under clusters in the policy, for services that somebody made by hand',
    },
    change: {
      steps: [
        "Sets expose-external to false by 'juju config'; services that somebody made by hand are left to a person.",
      ],
      rollback: `${backToBefore} The address may be another one when it is opened again.`,
      cutsOff: 'Clients outside of the cluster that use its NodePort or LoadBalancer; the plan names them.',
    },
    waiving: {
      when: 'Right while clients outside are being moved into the cluster. If it is meant to be the door, declare that in the parameter external.',
      instead:
        'limit the address by the firewall in front of it, and give the Router a TLS provider (MYR-ENC-01).',
      atMost: '30d',
      reason: 'the last client outside moves into the cluster this month',
    },
  },
};
