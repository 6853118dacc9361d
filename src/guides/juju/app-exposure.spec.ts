import { describe, expect, it, test } from '@jest/globals';
import type { Dict } from '../../core/dict.js';
import type { Exposure } from '../../core/snapshot.js';
import { commands, undoings, verdicts } from '../../../test/support/verdicts.js';
import {
  application,
  judge,
  model,
  prod,
  unknownFact,
  type ApplicationSpec,
  type ModelSpec,
} from '../../../test/support/world.js';
import { neededExposure } from './app-exposure.js';

const kafka = (exposure: ApplicationSpec['exposure'], more: ModelSpec = {}) =>
  prod({
    models: {
      data: model({
        ...more,
        applications: { kafka: application(exposure === undefined ? {} : { exposure }) },
      }),
    },
  });

function to(endpoints: Dict<readonly string[]>, spaces: readonly string[] = []): Exposure {
  return {
    exposed: true,
    endpoints: Object.fromEntries(
      Object.entries(endpoints).map(([name, cidrs]) => [name, { cidrs, spaces }]),
    ),
  };
}

const world = to({ '': ['0.0.0.0/0', '::/0'] });
const declare = (declared: Dict<readonly string[]>) => ({ declared });
const office = declare({ kafka: ['10.20.0.0/16', '192.168.50.0/24'] });

describe('JUJU-APP-02 exposure', () => {
  test.each([
    ['not exposed passes', kafka(undefined), {}, 'pass AsRequired'],
    [
      'exposed to declared networks passes',
      kafka(to({ '': ['10.20.0.0/16', '192.168.50.0/24'] })),
      office,
      'pass AsRequired',
    ],
    ['exposed to a part of them passes', kafka(to({ '': ['10.20.3.0/24'] })), office, 'pass AsRequired'],
    ['exposed to the world fails', kafka(world), office, 'fail ExposedToWorld'],
    [
      'exposed without networks is exposed to the world',
      kafka(to({ '': [] })),
      office,
      'fail ExposedToWorld',
    ],
    [
      'exposed without endpoints is exposed to the world',
      kafka({ exposed: true, endpoints: {} }),
      {},
      'fail ExposedToWorld',
    ],
    ['exposed undeclared fails', kafka(to({ '': ['10.20.0.0/16'] })), {}, 'fail ExposedUndeclared'],
    [
      'exposed to more than declared fails',
      kafka(to({ '': ['10.0.0.0/8'] })),
      office,
      'fail ExposedBeyondDeclared',
    ],
    [
      'networks that are none are not covered',
      kafka(to({ '': ['10.0.0.0/99'] })),
      office,
      'fail ExposedBeyondDeclared',
    ],
    [
      'a declared endpoint passes',
      kafka(to({ listen: ['10.20.0.0/16'] })),
      declare({ 'kafka:listen': ['10.20.0.0/16'] }),
      'pass AsRequired',
    ],
    [
      'another endpoint fails',
      kafka(to({ admin: ['10.20.0.0/16'] })),
      declare({ 'kafka:listen': ['10.20.0.0/16'] }),
      'fail ExposedBeyondDeclared',
    ],
    [
      'what is declared for all holds for each endpoint',
      kafka(to({ admin: ['10.20.1.1/32'] })),
      office,
      'pass AsRequired',
    ],
    [
      'a declared space passes',
      kafka(to({ '': [] }, ['dmz'])),
      declare({ kafka: ['space:dmz'] }),
      'pass AsRequired',
    ],
    [
      'another space fails',
      kafka(to({ '': [] }, ['public'])),
      declare({ kafka: ['space:dmz'] }),
      'fail ExposedBeyondDeclared',
    ],
    [
      'the declaration of another application does not count',
      kafka(to({ '': ['10.20.0.0/16'] })),
      declare({ etcd: ['10.20.0.0/16'] }),
      'fail ExposedUndeclared',
    ],
    [
      'to whom is not shown: unknown where something is declared',
      kafka({ exposed: true }),
      office,
      'unknown CidrsNotShown',
    ],
    ['to whom is not shown: fails where nothing is', kafka({ exposed: true }), {}, 'fail ExposedUndeclared'],
    [
      'not exposed proves nothing without a firewall',
      kafka(undefined, { info: { provider: 'lxd' } }),
      {},
      'unknown NoFirewall',
    ],
    [
      'not exposed proves nothing on Kubernetes',
      kafka(undefined, { type: 'caas' }),
      {},
      'unknown NoFirewall',
    ],
    [
      'networks are held by nothing without a firewall',
      kafka(to({ '': ['10.20.0.0/16'] }), { info: { provider: 'lxd' } }),
      declare({ kafka: ['10.20.0.0/16'] }),
      'unknown NoFirewall',
    ],
    [
      'declared to everyone it needs no firewall',
      kafka(to({ '': ['0.0.0.0/0'] }), { info: { provider: 'lxd' } }),
      declare({ kafka: ['0.0.0.0/0'] }),
      'pass AsRequired',
    ],
    [
      'not exposed settles nothing where the provider is not shown',
      kafka(undefined, { info: unknownFact('a status file') }),
      {},
      'unknown FirewallNotSeen',
    ],
    [
      'exposure that was not read is unknown',
      kafka(unknownFact('no rights', 'model read')),
      {},
      'unknown PermissionMissing',
    ],
  ])('%s', (_, snapshot, params, expected) => {
    expect(verdicts(judge(neededExposure, snapshot, { params }))).toEqual([expected]);
  });

  const at = '-m prod:admin/data kafka';
  const worldAgain = `expose ${at} --to-cidrs 0.0.0.0/0,::/0`;

  test.each([
    ['closes what is not declared', world, {}, [`unexpose ${at}`], [worldAgain]],
    [
      'narrows to the declared networks',
      world,
      office,
      [`expose ${at} --to-cidrs 10.20.0.0/16,192.168.50.0/24`],
      [worldAgain],
    ],
    [
      'narrows one endpoint',
      to({ listen: ['0.0.0.0/0'] }),
      declare({ 'kafka:listen': ['10.20.0.0/16'] }),
      [`expose ${at} --endpoints listen --to-cidrs 10.20.0.0/16`],
      [`expose ${at} --endpoints listen --to-cidrs 0.0.0.0/0`],
    ],
    [
      'closes one endpoint beside a declared one',
      to({ listen: ['10.20.0.0/16'], admin: ['10.20.0.0/16'] }),
      declare({ 'kafka:listen': ['10.20.0.0/16'] }),
      [`unexpose ${at} --endpoints admin`],
      [`expose ${at} --endpoints admin --to-cidrs 10.20.0.0/16`],
    ],
    [
      'closes all and opens the declared endpoint when all were open',
      world,
      declare({ 'kafka:listen': ['10.20.0.0/16'] }),
      [`unexpose ${at}`, `expose ${at} --endpoints listen --to-cidrs 10.20.0.0/16`],
      [worldAgain, `unexpose ${at} --endpoints listen`],
    ],
    [
      'cannot restore networks that are none',
      to({ '': ['10.0.0.0/99'] }),
      {},
      [`unexpose ${at}`],
      ['irreversible'],
    ],
    ['cannot restore spaces', to({ '': [] }, ['public']), {}, [`unexpose ${at}`], ['irreversible']],
  ])('%s', (...[, exposure, params, steps, back]) => {
    const findings = judge(neededExposure, kafka(exposure), { params });
    expect(commands(findings)).toEqual(steps);
    expect(undoings(findings)).toEqual(back);
  });

  it('names who is cut off, consumers in other models among them', () => {
    const offers = {
      stream: { name: 'stream', application: 'kafka', endpoints: [], connections: 2 },
      idle: { name: 'idle', application: 'kafka', endpoints: [], connections: 0 },
      other: { name: 'other', application: 'etcd', endpoints: [], connections: 1 },
    };
    const [finding] = judge(neededExposure, kafka(world, { offers }));
    expect(finding!.remedies[0]).toMatchObject({
      disruptive: true,
      cutsOff: ['clients from 0.0.0.0/0, ::/0', 'consumers of the offer stream'],
      preconditions: [{ type: 'application-present', application: 'kafka' }],
    });
  });

  test.each([
    ['the road shows no owner', kafka(world, { info: unknownFact('file') })],
    ['the road does not show to whom', kafka({ exposed: true })],
  ])('proposes nothing where %s', (_, snapshot) => {
    expect(commands(judge(neededExposure, snapshot))).toEqual([]);
  });
});
