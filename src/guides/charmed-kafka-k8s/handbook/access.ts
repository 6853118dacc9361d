import type { Handbook } from '../../../core/handbook.js';
import { attestation, backToBefore, bothModels, charmWrites, filesWaiving } from '../../shared/handbook.js';

const closing: NonNullable<Handbook['change']> = {
  steps: [
    "Sets expose-external (Kafka 3: expose_external) to false by 'juju config'; services that somebody made by hand are left to a person.",
  ],
  rollback: `${backToBefore} The address may be another one when it is opened again.`,
  cutsOff: 'Everyone who connects from outside the cluster.',
};

const closedNeeds: NonNullable<Handbook['needs']> = {
  J: 'identities.observer with read on the model: the option of the charm',
  K: 'an entry under clusters in the policy, for services that somebody made by hand',
};

export const access: Readonly<Record<string, Handbook>> = {
  'KAFKA-AUTH-01': {
    passes:
      "Every listener asks for SASL or a demanded certificate, and is on a port of the charm's list of listeners.",
    waiving: {
      when: `${charmWrites} A listener that somebody added by hand goes with the next change of the charm.`,
      instead: 'let nobody but known clients reach the port of that listener (K8S-NET-01).',
      atMost: '30d',
      reason: 'a listener of the charm, reported upstream; mended in its next release',
    },
  },
  'ZK-AUTH-01': {
    passes: 'zoo.cfg of every unit enforces SASL for clients and among the members.',
    waiving: {
      when: 'Hardly ever right: the charm always writes it, so that somebody changed it by hand. Right for hours, until the charm has written it anew.',
      instead: 'let only Kafka and the members reach ZooKeeper (K8S-NET-01).',
      atMost: '7d',
      reason: 'changed by hand in an incident; written anew in the window of tonight',
    },
  },
  'KAFKA-AUTH-02': {
    passes:
      'Where clients come by certificate, the mapping rules are those of the parameter principalMapping and certificates are demanded.',
    needs: {
      S: bothModels,
      J: 'identities.observer with read on the model: the mapping rules',
    },
    change: {
      steps: [
        "Sets ssl-principal-mapping-rules (Kafka 3: ssl_principal_mapping_rules) to the parameter principalMapping, by 'juju config'. Without the parameter it does nothing.",
      ],
      rollback: backToBefore,
      cutsOff:
        'Every client that comes by certificate and has no access rules under its new name; the plan names them.',
    },
    waiving: {
      when: 'Right while access rules are being made for the names of the new mapping, before it is switched. Rules that are meant to be there belong into the parameter principalMapping.',
      instead: 'see that super users are named exactly, and by nobody’s pattern (KAFKA-AUTH-04).',
      compensatedBy: 'KAFKA-AUTH-04',
      atMost: '60d',
      reason: 'access rules for the new names are made until the end of January',
    },
  },
  'KAFKA-AUTH-03': {
    passes:
      'Tokens are checked for their audience and their issuer is asked over https, and the related Hydra is not in development mode.',
    needs: {
      S: bothModels,
      J: 'identities.observer with read on the model of Hydra, whose option dev is asked',
    },
    change: {
      steps: [
        "Sets dev of the related Hydra to false by 'juju config', where it is in the same model and has a public-route. What stands in server.properties it does not touch.",
      ],
      rollback: backToBefore,
      cutsOff: 'All clients of Hydra until its ingress speaks https; the plan names them.',
    },
    waiving: {
      when: 'Right while Hydra waits for an https ingress, in a cluster that only its own pods reach.',
      instead: 'let tokens live for minutes, and only Kafka and its clients reach Hydra.',
      atMost: '30d',
      reason: 'the ingress gets its certificate in January',
    },
  },
  'KAFKA-AUTH-04': {
    passes:
      "The track's authorizer is set, nobody is allowed for want of a rule, and super users are the charm's own or those of the parameter superUsers.",
    waiving: {
      when: 'Right for a super user who does a migration. Who stays belongs into the parameter superUsers.',
      instead: 'have granted accesses recorded meanwhile (KAFKA-AUD-02).',
      atMost: '14d',
      reason: 'the mirror tool is super user until the topics have moved',
    },
  },
  'KAFKA-AUTH-05': {
    passes:
      'The passwords of the internal users are younger than the parameter age, as the journal or a secret tells; else a named person states it.',
    needs: {
      ...attestation,
      N: 'the application named under rotation in the policy: then the journal tells when each password was changed',
    },
    change: {
      steps: [
        "Kafka 3 and ZooKeeper: runs 'set-password username=USER' on the leader, user by user; the charm makes the password up.",
        'Kafka 4: makes the passwords of operator and replication up, keeps them in a user secret granted to the application, and names it in option system-users.',
        'Counts it as done when the charm said so, or its own secret has a newer revision.',
      ],
      rollback: 'None: a password that was replaced is gone. It always needs an approval.',
      cutsOff:
        'Whoever uses the old password of an internal user; clients with users of their own notice nothing.',
    },
    waiving: {
      when: 'Right while something still logs in as an internal user with a password in a file, until it has a user of its own. Never for a password that is known to have leaked.',
      instead: 'give that something a user of its own by a relation or data-integrator.',
      atMost: '60d',
      reason: 'the old console logs in as admin until January',
    },
  },
  'KAFKA-FILE-01': {
    passes: 'None of the files with passwords gives rights to others, on any unit.',
    waiving: filesWaiving('these files'),
  },
  'KAFKA-NET-01': {
    passes:
      'The charm opens no way in from outside the cluster but those of the parameter externalAccess, and no service made by hand does.',
    needs: closedNeeds,
    change: closing,
    waiving: {
      when: 'Right while producers outside are being moved into the cluster. What is meant to stay belongs into the parameter externalAccess.',
      instead:
        'see that no listener speaks plain text, and limit the address by the firewall in front of it.',
      compensatedBy: 'KAFKA-ENC-02',
      atMost: '30d',
      reason: 'the last producer outside moves into the cluster this month; TLS is demanded of it',
    },
  },
  'ZK-NET-01': {
    passes: 'ZooKeeper is opened to nobody outside the cluster, but as the parameter externalAccess says.',
    needs: closedNeeds,
    change: closing,
    waiving: {
      when: 'Hardly ever right: only Kafka is a client of ZooKeeper. Right for days, while a Kafka in another cluster is moved.',
      instead: 'see that SASL is enforced, and limit the address to that Kafka by the firewall.',
      compensatedBy: 'ZK-AUTH-01',
      atMost: '14d',
      reason: 'Kafka of the old cluster is moved this week',
    },
  },
};
