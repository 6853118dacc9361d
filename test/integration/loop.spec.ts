import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorldOperations } from '../../src/simulator/index.js';
import { enforced, etcdModel, rigUsers, startRig, toldOf, type Rig } from '../support/rig.js';

const rules = [
  {
    match: { control: 'JUJU-USER-01' },
    ...enforced,
    params: { superusers: ['admin', 'auditor', 'remediator'], maximum: 4 },
  },
  { match: { control: 'JUJU-CTRL-01' }, ...enforced },
  { match: { control: 'JUJU-MODEL-04' }, ...enforced },
  { match: { control: 'ETCD-ENC-0?' }, ...enforced, params: { provider: 'ca' } },
];
const controllers = (['3.6', '4.0'] as const).map((flavour) => ({
  name: `juju-${flavour[0] ?? ''}`,
  flavour,
  users: [...rigUsers, { name: 'bob', lastConnectionDaysAgo: 1 }],
  models: [etcdModel('data')],
}));
const names = controllers.map(({ name }) => name);

describe('the loop on Juju 3.6 and 4.0 side by side', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig({ estate: { controllers }, rules, speed: 4 });
    const watched = ['ETCD-ENC-03', 'JUJU-USER-01', 'JUJU-CTRL-01', 'JUJU-MODEL-04'];
    await rig.until('everything passes', () =>
      names.every((name) => watched.every((control) => passes(name, control))),
    );
  });
  afterAll(() => rig.close());

  function passes(controller: string, control: string): boolean {
    const findings = rig.daemon
      .report()
      .findings.filter((finding) => finding.control === control && finding.target.controller === controller);
    return findings.length > 0 && findings.every((finding) => finding.outcome === 'pass');
  }

  /** Breaks something on both controllers, and resolves to what was told of it on each until it was mended. */
  async function broken(
    control: string,
    act: (operations: WorldOperations) => void,
  ): Promise<readonly (readonly string[])[]> {
    const from = rig.events.length;
    for (const name of names) act(rig.simulator.controller(name).operations);
    const told = () => names.map((name) => toldOf(rig.events.slice(from), name, control));
    await rig.until(`${control} is mended`, () => told().every((words) => words.includes('Succeeded')));
    return told();
  }

  const mended = ['Running', 'Succeeded', 'Verifying', 'drift', 'resolved'];

  it.each<[string, string, (operations: WorldOperations) => void]>([
    [
      'takes a superuser away again whom nobody declared',
      'JUJU-USER-01',
      (world) => {
        world.grantSuperuser('bob');
      },
    ],
    [
      'turns auditing on again',
      'JUJU-CTRL-01',
      (world) => {
        world.setControllerConfig({ 'auditing-enabled': false });
      },
    ],
    [
      'stops the tracing of calls in a model',
      'JUJU-MODEL-04',
      (world) => {
        world.setModelConfig('data', { 'logging-config': '<root>=INFO;juju.rpc=TRACE' });
      },
    ],
  ])('%s', async (_, control, act) => {
    for (const told of await broken(control, act)) expect([...told].sort()).toEqual(mended);
  });

  it('puts the certificates of clients back and believes it when the port demands one', async () => {
    const told = await broken('ETCD-ENC-01', (world) => {
      world.removeRelation('data', 'etcd:client-certificates', 'ca:certificates');
    });
    for (const words of told) expect(words.filter((word) => word === 'Running')).toHaveLength(1);
    expect(names.map((name) => passes(name, 'ETCD-ENC-03'))).toEqual([true, true]);
  });
});
