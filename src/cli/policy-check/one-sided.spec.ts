import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { runCli, type Ran } from '../../../test/support/cli.js';
import { deployed, type ProductName } from '../../../test/support/kafka.js';
import { controller, estate, model } from '../../../test/support/world.js';
import type { Snapshot } from '../../core/snapshot.js';
import { guides } from '../../guides/index.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-halves-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function check(rules: string, snapshot?: Snapshot): Promise<Ran> {
  const file = join(folder, 'policy.yaml');
  writeFileSync(file, `kind: Policy\nversion: v1\n${rules}\n`);
  const services = { guides: () => Promise.resolve(guides) };
  const source = snapshot === undefined ? [] : ['--status', '-'];
  return runCli(['policy', 'check', file, '--format', 'json', ...source], {
    services,
    ...(snapshot === undefined ? {} : { snapshot }),
  });
}

interface Found {
  readonly oneSided: readonly string[];
  readonly idle: readonly string[];
}

async function found(rules: string, snapshot?: Snapshot): Promise<Found> {
  const { out } = await check(rules, snapshot);
  return JSON.parse(out) as Found;
}

/** What the first words of each sentence name: `ZK-ENC-01 KAFKA-ENC-01`. */
async function halves(rules: string, snapshot?: Snapshot): Promise<readonly string[]> {
  const { oneSided } = await found(rules, snapshot);
  return oneSided.map((text) => [...text.matchAll(/[A-Z]+-ENC-\d+/g)].map(([id]) => id).join(' '));
}

const rule = (match: string, more: string): string => `{ match: { ${match} }, ${more} }`;
const rules = (...list: readonly string[]): string => `rules: [${list.join(', ')}]`;

describe('a policy without an estate', () => {
  test.each([
    [
      'ZooKeeper without Kafka',
      rules(rule('control: "ZK-ENC-*"', 'mode: enforce')),
      ['ZK-ENC-01 KAFKA-ENC-01'],
    ],
    [
      'Kafka left out where everything is proposed',
      `defaults: { mode: propose }\n${rules(rule('control: "KAFKA-ENC-*"', 'enabled: false'))}`,
      ['ZK-ENC-01 KAFKA-ENC-01'],
    ],
    [
      'one enforced, the other only proposed',
      `defaults: { mode: propose }\n${rules(rule('control: "ZK-ENC-*"', 'mode: enforce'))}`,
      ['ZK-ENC-01 KAFKA-ENC-01'],
    ],
    [
      'the application ZooKeeper without the application Kafka',
      rules(rule('model: data, application: zookeeper', 'mode: enforce')),
      ['ZK-ENC-01 KAFKA-ENC-01'],
    ],
    [
      "etcd's clients without its members",
      rules(rule('control: ETCD-ENC-01', 'mode: propose')),
      ['ETCD-ENC-01 ETCD-ENC-02'],
    ],
    [
      "one of PostgreSQL's endpoints",
      rules(rule('control: PG-ENC-02, model: data', 'mode: propose')),
      ['PG-ENC-02 PG-ENC-01'],
    ],
  ])('is told of %s', async (_name, text, expected) => {
    expect((await halves(text)).filter((half) => expected.includes(half))).toEqual(expected);
  });

  test.each([
    ['nothing is changed', ''],
    ['everything is enforced', 'defaults: { mode: enforce }'],
    ["etcd's members come first", rules(rule('control: ETCD-ENC-02', 'mode: propose'))],
    [
      'both applications are named',
      rules(
        rule('application: zookeeper, guide: charmed-kafka-k8s', 'mode: enforce'),
        rule('application: kafka, guide: charmed-kafka-k8s', 'mode: enforce'),
      ),
    ],
    ['both halves are switched off', rules(rule('control: "*-ENC-*"', 'enabled: false'))],
  ])('is told nothing where %s', async (_name, text) => {
    expect(await halves(text)).toEqual([]);
  });

  it('is told where, what would come of it, and what to do; and the check exits 2', async () => {
    const text = rules(rule('control: "ZK-ENC-*", model: data', 'mode: enforce'));
    expect((await found(text)).oneSided).toEqual([
      'ZK-ENC-01 is enforced at model data, and KAFKA-ENC-01, which it needs, only observed: Kafka 3 stays blocked while ZooKeeper speaks TLS and it does not; give both the same mode',
    ]);
    expect((await check(text)).code).toBe(2);
  });

  test.each([
    ['remove-object', 'remove-relation, and with it the undoing of every integrate'],
    ['all', 'remove-relation, integrate, set-config'],
  ])('that wants %s blocked is told which of our own fixes that stops', async (set, told) => {
    const { idle } = await found(rules(rule('control: JUJU-MODEL-01', `params: { commandSets: [${set}] }`)));
    expect(idle).toHaveLength(1);
    expect(idle[0]).toContain(
      `rules[0] (commandSets ${set}) would have our own fixes refused that need ${told}`,
    );
  });

  it('may have the destroying of models blocked', async () => {
    const text = rules(rule('control: JUJU-MODEL-01', 'params: { commandSets: [destroy-model] }'));
    expect((await found(text)).idle).toEqual([]);
  });
});

describe('held against an estate', () => {
  const withApps = (...products: readonly ProductName[]): Snapshot => {
    const applications = Object.fromEntries(products.map((product) => [product, deployed(product)]));
    return estate({ controllers: { prod: controller({ models: { data: model({ applications }) } }) } });
  };
  const onlyZooKeeper = rules(rule('control: "ZK-ENC-*"', 'mode: enforce'));

  it('a half is told where both applications are, with the model', async () => {
    const { oneSided } = await found(onlyZooKeeper, withApps('machine3', 'zookeeper'));
    expect(oneSided).toEqual([
      expect.stringMatching(
        /^ZK-ENC-01 is enforced at controller prod, model data, application zookeeper, and KAFKA/,
      ),
    ]);
  });

  it('nothing is told where there is no other half', async () => {
    expect(await halves(onlyZooKeeper, withApps('zookeeper'))).toEqual([]);
  });

  it('a waiver on the other half leaves the first one alone', async () => {
    const text = `defaults: { mode: propose }\nwaivers: [{ id: w, kind: waived, match: { control: KAFKA-ENC-01 }, reason: r, owner: o, expires: "2027-06-01T00:00:00Z" }]`;
    expect(await halves(text, withApps('machine3', 'zookeeper'))).toEqual(['ZK-ENC-01 KAFKA-ENC-01']);
  });
});

test('the guides name controls of their own', () => {
  const pairs = guides.flatMap(({ together = [], controls }) =>
    together.map((pair) => ({ pair, ids: controls.map(({ id }) => id) })),
  );
  expect(pairs.length).toBeGreaterThan(3);
  expect(pairs.filter(({ pair, ids }) => !ids.includes(pair.change) || !ids.includes(pair.needs))).toEqual(
    [],
  );
});
