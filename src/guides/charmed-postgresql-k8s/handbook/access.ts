import type { Handbook } from '../../../core/handbook.js';
import { backToBefore, charmWrites, exposureChange, nobody } from '../../shared/handbook.js';

export const access: Readonly<Record<string, Handbook>> = {
  'PG-AUTH-01': {
    passes:
      'The option instance password encryption is scram-sha-256, and where units were looked into the server says so, too.',
    change: {
      steps: [
        "Sets instance_password_encryption (track 16: instance-password-encryption) to scram-sha-256 by 'juju config'.",
      ],
      rollback: backToBefore,
      cutsOff: `${nobody} Clients too old for SCRAM fail only once their password is changed.`,
    },
    waiving: {
      when: 'Right while one old client has a driver that knows no SCRAM.',
      instead:
        'give that client a user of its own with few rights, over TLS, and all others SCRAM verifiers (PG-AUTH-02).',
      atMost: '90d',
      reason: 'the old report server gets a new driver in February',
    },
  },
  'PG-AUTH-02': {
    passes:
      'Every role with a password has a SCRAM verifier; verifiers themselves are never read, they are counted by kind.',
    waiving: {
      when: 'Right while the passwords of the old roles are being changed one by one.',
      instead: 'change those of superusers and of replication first.',
      atMost: '60d',
      reason: 'three roles of the old report server are left, until February',
    },
  },
  'PG-AUTH-03': {
    passes:
      'No rule of pg_hba says trust, none for the network takes a password in clear, and md5 stands only where the charm of the track writes it.',
    waiving: {
      when: `${charmWrites} A rule that somebody added by hand is overwritten by the charm: then there is nothing to waive for long.`,
      instead: 'let only the related clients reach port 5432 (K8S-NET-01, on machines PG-NET-01).',
      atMost: '30d',
      reason: 'a rule of the charm, reported upstream; mended in its next release',
    },
  },
  'PG-AUTH-04': {
    passes:
      'The passwords of the system users are younger than the parameter age, as the journal or the secret of the charm tells.',
    needs: {
      N: 'the application named under rotation in the policy: then the journal tells when each password was changed',
      J: "identities.observer with read on the model: the charm's own secret shows the date, never the content",
    },
    change: {
      steps: [
        "Track 14: runs 'set-password username=USER' on the leader, user by user; the charm makes the password up.",
        'Track 16: makes the passwords up, keeps them in a user secret granted to the application, and names it in option system-users.',
        'Counts it as done when the charm said so, or its own secret has a newer revision.',
      ],
      rollback: 'None: a password that was replaced is gone. It always needs an approval.',
      cutsOff:
        'Whoever uses the old password of a system user; clients with users of their own notice nothing.',
    },
    waiving: {
      when: 'Right while something still logs in as a system user with a password in a file, until it has a user of its own. Never for a password that is known to have leaked.',
      instead: 'give that something a user of its own by a relation or data-integrator.',
      atMost: '60d',
      reason: 'the old backup script logs in as operator until January',
    },
  },
  'PGB-AUTH-01': {
    passes: 'auth_type of every unit is scram-sha-256, or cert.',
    waiving: {
      when: 'Right while the password of PgBouncer at PostgreSQL is still md5 and the relation waits for a window to be made anew.',
      instead: 'put PG-AUTH-01 right first: else it becomes md5 again.',
      atMost: '60d',
      reason: 'the relation is made anew in the window of January',
    },
  },
  'PG-NET-01': {
    passes:
      'On Kubernetes no service opens it to the outside; on machines it is not exposed, or only within the parameters cidrs and spaces.',
    needs: {
      K: 'an entry under clusters in the policy, for applications on Kubernetes',
      S: 'identities.observer with read on the model, for applications on machines',
    },
    change: {
      ...exposureChange,
      steps: [
        ...exposureChange.steps,
        'On Kubernetes it changes nothing: whoever added the service deletes it.',
      ],
    },
    waiving: {
      when: 'Right while clients outside are being moved to PgBouncer or into the cluster. On machines the networks of clients belong into the parameter cidrs.',
      instead:
        'see that every session demands TLS (PG-ENC-03), and limit the address by the firewall in front of it.',
      compensatedBy: 'PG-ENC-03',
      atMost: '30d',
      reason: 'two clients outside move to PgBouncer this month; TLS is demanded of them',
    },
  },
  'PGB-NET-01': {
    passes:
      'On Kubernetes expose-external is false, or as the parameter external declares, and no other service opens it; on machines it is exposed to declared networks only.',
    needs: {
      J: 'identities.observer with read on the model: the option expose-external',
      K: 'an entry under clusters in the policy, for services that somebody made by hand',
    },
    change: {
      steps: [
        "On Kubernetes sets expose-external to false by 'juju config'; services made by hand are left to a person.",
        "On machines runs 'juju expose PGBOUNCER --to-cidrs CIDRS' with the parameter cidrs, or 'juju unexpose PGBOUNCER'.",
      ],
      rollback: `${backToBefore} The address may be another one when it is opened again.`,
      cutsOff:
        'Clients outside of the cluster that use its NodePort or LoadBalancer; on machines those outside the networks.',
    },
    waiving: {
      when: 'Right while clients outside are being moved into the cluster. If it is meant to be the door, declare that in the parameter external.',
      instead:
        'limit the address by the firewall in front of the load balancer, and demand TLS of the clients themselves.',
      atMost: '30d',
      reason: 'the last client outside moves into the cluster this month',
    },
  },
};
