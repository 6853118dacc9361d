import type { Change, Handbook } from '../../../core/handbook.js';
import {
  apart,
  backToBefore,
  behind,
  bothModels,
  landscape,
  observed,
  pinned,
  storeChange,
  ubuntuPro,
  updatesInstalled,
} from '../../shared/handbook.js';

const zookeeperFirst = ' ZooKeeper goes first; where Kafka is being refreshed it waits.';

function refreshedInTurn(charm: string): Handbook {
  const one = behind(charm);
  return { ...one, passes: `${one.passes}${zookeeperFirst}` };
}

function levelChange(level: string): Change {
  return {
    steps: [`Sets log-level (Kafka 3: log_level) to ${level} by 'juju config'.`],
    rollback: backToBefore,
    cutsOff: 'Clients of each broker for a moment, because the brokers restart one after the other.',
  };
}

export const upkeep: Readonly<Record<string, Handbook>> = {
  'KAFKA-OS-01': landscape('Kafka and ZooKeeper'),
  'KAFKA-OS-02': ubuntuPro('Kafka and ZooKeeper'),
  'KAFKA-OS-03': updatesInstalled(
    'on one machine at a time, and wait each time until no partition lacks a copy',
  ),
  'KAFKA-IMG-01': pinned('Kafka', ', on the base of its track, which is still supported'),
  'ZK-IMG-01': pinned('ZooKeeper', ', on Ubuntu 22.04, which is still supported'),
  'KAFKA-UPG-01': refreshedInTurn('Kafka'),
  'ZK-UPG-01': refreshedInTurn('ZooKeeper'),
  'KAFKA-MON-01': observed('Kafka', 'Metrics, logs and dashboards'),
  'ZK-MON-01': observed('ZooKeeper', 'Metrics, logs and dashboards'),
  'KAFKA-MON-02': apart('Kafka and ZooKeeper'),
  'KAFKA-AUD-01': {
    passes: 'The log level is INFO or DEBUG, at which denials are written.',
    change: levelChange('INFO'),
    waiving: {
      when: 'Right where a client that is misconfigured floods the log with denials, until it is mended.',
      instead: 'count denials by the metrics of the authorizer, which go on whatever the level.',
      atMost: '14d',
      reason: 'the old consumer is denied a thousand times a minute until it is mended',
    },
  },
  'KAFKA-AUD-02': {
    passes:
      'What the parameter grantedAccesses asks for is there: DEBUG for all logs, or for the log of the authorizer. Not asked for: it does not apply.',
    change: {
      ...levelChange('DEBUG'),
      steps: [
        "Sets log-level (Kafka 3: log_level) to DEBUG by 'juju config', where the parameter asks for all-logs. The level of one appender stands in a file of the units, which a person edits.",
      ],
    },
    waiving: {
      when: 'Right while disks or Loki cannot hold what DEBUG writes. If the record is not needed, take the parameter back instead.',
      instead: 'record grants of the few topics that matter by the appender of the authorizer alone.',
      atMost: '60d',
      reason: 'Loki is enlarged in January; DEBUG follows then',
    },
  },
  'KAFKA-AUD-03': {
    passes:
      'The log of the authorizer is written and goes to Loki: on machines by the collector, on Kubernetes by Kafka 4 where it is printed. Kafka 3 on Kubernetes never passes.',
    needs: {
      S: bothModels,
      A: 'nothing that counts: what was seen to fail is not attested away, but waived',
    },
    waiving: {
      when: 'Right, and meant to be written, where the log is shipped by other means, which Holdfast does not see: name who answers for it.',
      instead:
        'collect kafka-authorizer.log by an agent on the nodes, or on a schedule, to where the brokers cannot change it.',
      atMost: '180d',
      reason: 'an agent on the nodes ships the file to Loki; looked at on 1 December',
    },
  },
  'ZK-BKP-01': {
    passes:
      'Exactly one backup store is related to ZooKeeper, whose endpoint begins with https or means AWS.',
    needs: {
      S: bothModels,
      J: 'identities.observer with read on the model of the integrator, whose option tells the endpoint',
    },
    change: {
      ...storeChange,
      steps: [
        ...storeChange.steps,
        "Where the store is related and not https: runs 'juju config S3_INTEGRATOR endpoint=URL' with the parameter endpoint, which disturbs every application behind that integrator.",
      ],
      rollback: 'The relation is removed again; the endpoint gets the value back that it had.',
    },
    waiving: {
      when: 'Right where users, topics and rules of Kafka are made anew from code, and the messages alone matter.',
      instead: 'rehearse making them anew once a quarter.',
      atMost: '90d',
      reason: 'users, topics and rules come from Terraform; rehearsed each quarter',
    },
  },
};
