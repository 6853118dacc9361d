import { describe, expect, it, test } from '@jest/globals';
import { place, said, scene, step, type SceneSpec, type StepSpec } from '../../../test/support/rails.js';
import { application, machine, model, unit, unknownFact } from '../../../test/support/world.js';
import type { Action } from '../action/action.js';
import { self } from './self.js';

function verdict(action: Action, given: Omit<SceneSpec, 'steps'> = {}, more: StepSpec = {}) {
  const one = step(action, more);
  return self(one, scene({ steps: [one], ...given }));
}

const well = '- leaves us our access';
describe('exposing the controller', () => {
  const inModel = { ...place, model: 'controller' };
  const expose = (cidrs: readonly string[]): Action => ({
    type: 'expose',
    model: inModel,
    application: 'controller',
    cidrs,
  });
  const all = ['10.0.0.0/16', '192.168.7.0/24'];
  const own: StepSpec = { settings: { params: { ownAddresses: ['192.168.7.9'] } } };
  const machines = (extra: Parameters<typeof model>[0] = {}) => ({
    controller: model({
      info: { isController: true },
      applications: { controller: application({ charm: { name: 'juju-controller' } }) },
      machines: { 0: machine('0', { addresses: ['10.0.0.5'], address: '10.0.0.5' }) },
      ...extra,
    }),
  });

  const alone = { controller: application({ charm: { name: 'juju-controller' }, units: 0 }) };
  const subordinate = {
    agent: application({
      units: { 'agent/0': { ...unit('agent/0'), address: '', machine: '', principal: 'x/0' } },
    }),
    controller: application({ charm: { name: 'juju-controller' } }),
  };

  test.each<[string, Action, Parameters<typeof model>[0], StepSpec, string]>([
    ['is let through when everybody stays in reach', expose(all), {}, own, well],
    [
      'is held when we ourselves would be out',
      expose(['10.0.0.0/16']),
      {},
      own,
      'Proposed ControllerOutOfReach',
    ],
    ['is held when our own addresses are not known', expose(all), {}, {}, 'Proposed ControllerOutOfReach'],
    [
      'is held when a machine would be out',
      expose(['10.1.0.0/16', '192.168.7.0/24']),
      {},
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is held when machines were not read',
      expose(all),
      { machines: unknownFact('not read') },
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is held when a machine shows no address',
      expose(all),
      { machines: { 0: machine('0', { addresses: [], address: '' }) } },
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is let through where a machine shows one address only',
      expose(all),
      { machines: { 0: machine('0', { addresses: [], address: '10.0.0.5' }) } },
      own,
      well,
    ],
    [
      'is let through whatever else stands beside our own addresses',
      expose(all),
      {},
      { settings: { params: { ownAddresses: [5, '192.168.7.9'] } } },
      well,
    ],
    [
      'is let through where a machine shows a list of addresses only',
      expose(all),
      { machines: { 0: { id: '0', status: 'started', base: 'ubuntu@24.04', addresses: ['10.0.0.5'] } } },
      own,
      well,
    ],
    [
      'is let through where a subordinate is reached where its principal is',
      expose(all),
      { applications: subordinate },
      own,
      well,
    ],
    [
      'is held when a unit beside all machines would be out',
      expose(all),
      {
        applications: {
          controller: application({
            units: { 'controller/0': unit('controller/0', { address: '172.16.0.1' }) },
          }),
        },
      },
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is held when a machine shows an empty address only',
      expose(all),
      { machines: { 0: machine('0', { addresses: [''], address: '' }) } },
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is held when nobody knows where a unit is',
      expose(all),
      { applications: { controller: application({ units: { 'controller/0': unit('controller/0') } }) } },
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is let through where a unit shows its address and no machine',
      expose(all),
      {
        applications: {
          controller: application({
            units: { 'controller/0': unit('controller/0', { address: '10.0.0.7' }) },
          }),
        },
      },
      own,
      well,
    ],
    [
      'is let through where a unit shows its machine and no address',
      expose(all),
      {
        applications: {
          controller: application({ units: { 'controller/0': unit('controller/0', { machine: '0' }) } }),
        },
      },
      own,
      well,
    ],
    [
      'is held when units were not read',
      expose(all),
      { applications: { controller: application({ units: unknownFact('not read') }) } },
      own,
      'Proposed ControllerOutOfReach',
    ],
    [
      'is never taken back',
      { type: 'unexpose', model: inModel, application: 'controller' },
      {},
      own,
      'Proposed ControllerApplication',
    ],
    [
      'is not the only change of it that is for persons',
      { type: 'set-config', model: inModel, application: 'controller', key: 'controller-url', value: 'x' },
      {},
      own,
      'Proposed ControllerApplication',
    ],
  ])('%s', (_name, ...[action, spec, more, expected]) => {
    expect(said(verdict(action, { controller: { models: machines(spec) } }, more))).toBe(expected);
  });

  it('names three of those that would be lost, and counts the others', () => {
    const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'];
    const apart = { machines: { 0: machine('0', { addresses, address: '10.0.0.1' }) }, applications: alone };
    const { hold } = verdict(
      expose(['192.168.7.0/24']),
      { model: 'none', controller: { models: machines(apart) } },
      own,
    );
    expect(hold?.message).toBe('10.0.0.1, 10.0.0.2, 10.0.0.3 and 2 more would lose the controller');
    const three = {
      ...apart,
      machines: { 0: machine('0', { addresses: addresses.slice(0, 3), address: '10.0.0.1' }) },
    };
    expect(
      verdict(expose(['192.168.7.0/24']), { model: 'none', controller: { models: machines(three) } }, own)
        .hold?.message,
    ).toBe('10.0.0.1, 10.0.0.2, 10.0.0.3 would lose the controller');
  });

  it('is the same in a model of another name that is the controller’s', () => {
    const models = { infra: machines().controller };
    const action: Action = {
      type: 'unexpose',
      model: { ...place, model: 'infra' },
      application: 'controller',
    };
    expect(said(verdict(action, { controller: { models } }))).toBe('Proposed ControllerApplication');
  });

  it('is the same where the application has another name, and where its model is not in sight', () => {
    const ctrl = application({ charm: { name: 'juju-controller' } });
    const models = machines({ applications: { ctrl } });
    const renamed: Action = { type: 'unexpose', model: inModel, application: 'ctrl' };
    expect(said(verdict(renamed, { controller: { models } }))).toBe('Proposed ControllerApplication');
    const unseen: Action = { type: 'unexpose', model: inModel, application: 'controller' };
    expect(said(verdict(unseen))).toBe('Proposed ControllerApplication');
    expect(said(verdict({ ...unseen, model: { ...place, model: 'gone' } }))).toBe(well);
  });

  it('may be trusted: that cuts nobody off', () => {
    const trust: Action = { type: 'trust', model: inModel, application: 'controller', kubernetes: true };
    expect(said(verdict(trust, { controller: { models: machines() } }))).toBe(well);
  });

  it('names those that would be lost', () => {
    const { hold } = verdict(
      expose(['192.168.7.0/24']),
      { model: 'none', controller: { models: machines() } },
      own,
    );
    expect(hold?.message).toBe('10.0.0.5, 10.0.0.10 would lose the controller');
  });

  it('is not the same as exposing another application, or one of that name elsewhere', () => {
    const elsewhere: Action = { type: 'unexpose', model: place, application: 'controller' };
    expect(said(verdict(elsewhere))).toBe(well);
    expect(said(verdict({ ...elsewhere, application: 'etcd' }))).toBe(well);
  });
});
