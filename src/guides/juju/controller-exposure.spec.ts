import { describe, expect, it, test } from '@jest/globals';
import type { Exposure } from '../../core/snapshot.js';
import { commands, undoings, verdicts } from '../../../test/support/verdicts.js';
import { application, judge, model, prod, unknownFact, type ModelSpec } from '../../../test/support/world.js';
import { controllerExposure } from './controller-exposure.js';

const to = (...cidrs: readonly string[]): Exposure => ({
  exposed: true,
  endpoints: { '': { cidrs, spaces: [] } },
});
const closed: Exposure = { exposed: false, endpoints: {} };

function api(exposure: Exposure, version = '3.6.28', data: ModelSpec = {}, own: ModelSpec = {}) {
  const applications = { controller: application({ exposure, charm: { name: 'juju-controller' } }) };
  return prod({ version, models: { controller: model({ applications, ...own }), data: model(data) } });
}

describe('JUJU-CTRL-06 exposure of the API', () => {
  test.each([
    ['named networks pass', api(to('10.0.0.0/8')), {}, 'pass AsRequired'],
    ['not exposed passes', api(closed), {}, 'pass AsRequired'],
    ['every IPv4 address fails', api(to('0.0.0.0/0')), {}, 'fail ApiOpenToWorld'],
    ['every IPv6 address fails', api(to('10.0.0.0/8', '::/0')), {}, 'fail ApiOpenToWorld'],
    [
      'exposed without networks is open to all',
      api({ exposed: true, endpoints: {} }),
      {},
      'fail ApiOpenToWorld',
    ],
    ['open to the world by declaration passes', api(to('0.0.0.0/0')), { worldOpen: true }, 'pass AsRequired'],
    [
      'before 3.6.19 the exposure says nothing',
      api(to('10.0.0.0/8'), '3.6.18'),
      {},
      'unknown ExposureDoesNotGovern',
    ],
    ['on 4.0 it governs', api(to('0.0.0.0/0'), '4.0.15'), {}, 'fail ApiOpenToWorld'],
    [
      'without a firewall it says nothing',
      api(closed, '3.6.28', {}, { info: { provider: 'unmanaged' } }),
      {},
      'unknown NoFirewall',
    ],
    ['to whom must be shown', api({ exposed: true }), {}, 'unknown CidrsNotShown'],
    ['without the controller model it is unknown', prod({}), {}, 'unknown ControllerModelNotSeen'],
  ])('%s', (_, snapshot, params, expected) => {
    expect(verdicts(judge(controllerExposure, snapshot, { params }))).toEqual([expected]);
  });

  it('is unknown where the exposure was not read', () => {
    const applications = { controller: application({ exposure: unknownFact('no rights', 'model read') }) };
    expect(
      verdicts(judge(controllerExposure, prod({ models: { controller: model({ applications }) } }))),
    ).toEqual(['unknown PermissionMissing']);
  });

  const params = { cidrs: ['10.0.0.0/8'], ownAddresses: ['10.1.1.1'] };
  const etcd = { applications: { etcd: application({ units: 3 }) } };
  const open = to('0.0.0.0/0');

  it('narrows the exposure to networks that hold everyone known, and can open it again', () => {
    const findings = judge(controllerExposure, api(open, '3.6.28', etcd), { params });
    expect(commands(findings)).toEqual(['expose -m prod:admin/controller controller --to-cidrs 10.0.0.0/8']);
    expect(undoings(findings)).toEqual(['expose -m prod:admin/controller controller --to-cidrs 0.0.0.0/0']);
    expect(findings[0]!.remedies[0]).toMatchObject({
      disruptive: true,
      cutsOff: ['clients outside 10.0.0.0/8'],
    });
  });

  test.each([
    ['the policy names no networks', api(open), { ownAddresses: ['10.1.1.1'] }],
    ['our own address is not given', api(open), { cidrs: ['10.0.0.0/8'] }],
    ['we would be outside', api(open), { ...params, ownAddresses: ['192.168.1.1'] }],
    ['a unit would be outside', api(open, '3.6.28', etcd), { ...params, cidrs: ['10.1.0.0/16'] }],
    ['machines were not read', api(open, '3.6.28', { machines: unknownFact('no rights') }), params],
    [
      'units were not read',
      api(open, '3.6.28', { applications: { x: application({ units: unknownFact('no rights') }) } }),
      params,
    ],
    [
      'another controller consumes here',
      api(open, '3.6.28', {
        offers: { pg: { name: 'pg', application: 'x', endpoints: [], connections: 1 } },
      }),
      params,
    ],
    [
      'offers were not read',
      api(open, '3.6.28', { offers: unknownFact('no rights', 'model admin') }),
      params,
    ],
    [
      'another controller is consumed from',
      api(open, '3.6.28', {
        remoteApplications: {
          l: { name: 'l', offerUrl: 'cos:admin/cos.loki', endpoints: [], status: 'active' },
        },
      }),
      params,
    ],
    [
      'single endpoints would stay open',
      api({ exposed: true, endpoints: { website: { cidrs: ['0.0.0.0/0'], spaces: [] } } }),
      params,
    ],
    ['the model has no known owner', api(open, '3.6.28', {}, { info: unknownFact('not shown') }), params],
  ])('refuses when %s', (_, snapshot, given) => {
    const findings = judge(controllerExposure, snapshot, { params: given });
    expect(verdicts(findings)).toEqual(['fail ApiOpenToWorld']);
    expect(commands(findings)).toEqual([]);
  });
});
