import { describe, expect, it, test } from '@jest/globals';
import type { Answer } from '../../../test/support/etcd.js';
import { judge } from '../../../test/support/judge.js';
import { application, controller, estate, model } from '../../../test/support/world.js';
import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import {
  kafkaPortReasons,
  kafkaPortsJudgement,
  kafkaProbes,
  zookeeperProbes,
  zookeeperTlsEffect,
} from './kafka-ports.js';

type Ask = (app: ApplicationView) => Judgement;

/** What is said of one unit whose ports answer so. */
function says(ask: Ask, answers: Readonly<Record<number, Answer>>): string {
  const probes = Object.fromEntries(
    Object.entries(answers).map(([port, answer]) => [port, { port: Number(port), answer }]),
  );
  const applications = {
    db: application({ units: 1, probes: { 'db/0': probes } }),
  };
  const world = estate({ controllers: { prod: controller({ models: { data: model({ applications }) } }) } });
  const [finding] = judge(asControl(ask), world);
  return `${finding?.judgement.outcome} ${finding?.judgement.reason}`;
}

function asControl(ask: Ask) {
  return defineControl({
    id: 'TOY-01',
    title: 'ports',
    severity: 'high',
    section: 'Testing',
    rationale: 'Because.',
    references: [],
    evidence: ['P'],
    scope: 'application',
    params: z.object({}),
    reasons: kafkaPortReasons,
    remediation: 'manual',
    fixableBy: 'operator',
    manual: 'Mend it.',
    hazards: [],
    evaluate: ask,
  });
}

const closed = { 9092: 'refused', 9095: 'refused', 19_092: 'refused', 29_092: 'refused' } as const;

describe('what is said', () => {
  test.each<[string, Ask, Readonly<Record<number, Answer>>, string]>([
    [
      'Kafka: the plain ports closed, the internal one by TLS',
      kafkaPortsJudgement,
      { ...closed, 19_093: 'tls' },
      'pass AsRequired',
    ],
    [
      'Kafka: a client certificate is wanted',
      kafkaPortsJudgement,
      { ...closed, 19_093: 'tls-client-certificate' },
      'pass AsRequired',
    ],
    [
      'Kafka: clients are still served in clear',
      kafkaPortsJudgement,
      { ...closed, 9092: 'plaintext', 19_093: 'tls' },
      'fail PlainListener',
    ],
    [
      'Kafka: the brokers themselves speak plain text',
      kafkaPortsJudgement,
      { ...closed, 19_092: 'plaintext', 19_093: 'refused' },
      'fail PlainListener',
    ],
    ['Kafka: nothing listens', kafkaPortsJudgement, { ...closed, 19_093: 'refused' }, 'unknown PortClosed'],
    [
      'Kafka: out of reach',
      kafkaPortsJudgement,
      { ...closed, 9092: 'timeout', 19_093: 'tls' },
      'unknown NotReachedFromHere',
    ],
    ['Kafka: not asked', kafkaPortsJudgement, {}, 'unknown NotProbedYet'],
    [
      'ZooKeeper: TLS is there, whatever else',
      zookeeperTlsEffect,
      { 2181: 'plaintext', 2182: 'tls' },
      'pass AsRequired',
    ],
    [
      'ZooKeeper: TLS is not there',
      zookeeperTlsEffect,
      { 2181: 'plaintext', 2182: 'refused' },
      'unknown PortClosed',
    ],
  ])('%s', (_, ask, answers, expected) => {
    expect(says(ask, answers)).toBe(expected);
  });
});

it('every port that is judged is asked', () => {
  expect([...kafkaProbes, ...zookeeperProbes].map(({ port, protocol }) => `${port} ${protocol}`)).toEqual([
    ...['9092 kafka', '9095 kafka', '19092 kafka', '29092 kafka', '19093 kafka'],
    '2182 zookeeper',
  ]);
});
