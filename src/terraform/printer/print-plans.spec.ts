import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { readHcl, type HclBlock } from '../../../test/support/hcl.js';
import { model, prod } from '../../../test/support/world.js';
import type { Action, ModelRef } from '../../core/action/action.js';
import { argvOf } from '../../core/action/argv.js';
import type { PlannedAction } from '../../core/action/planned.js';
import { limitsFor } from '../../core/policy/limits.js';
import type { Plan } from '../../core/plan.js';
import { printTerraform } from './print-plans.js';

const data: ModelRef = { controller: 'prod', owner: 'admin', model: 'data' };
const onModel = { kind: 'model', name: 'admin/data' } as const;
const remote = {
  name: 'traces',
  offerUrl: 'prod:admin/cos.traces',
  endpoints: [{ name: 'tracing', interface: 'tracing', role: 'provider' }],
  status: 'active',
};
const snapshot = prod({ models: { data: model({ remoteApplications: { traces: remote } }) } });
const state = {
  content: readFileSync(new URL('../../../test/fixtures/terraform/state.json', import.meta.url), 'utf8'),
  source: 'state.json',
};

function planned(args: Action, inverse: readonly Action[] = []): PlannedAction {
  return {
    ...{ id: args.type, type: args.type, args, preconditions: [], argv: ['juju', ...argvOf(args)] },
    ...{ effect: 'it is better', inverse, risk: 'low', disruptive: false, repeatable: true },
    ...{ cutsOff: [], controls: ['TEST-01'] },
  };
}

interface Given {
  readonly state?: typeof state;
  readonly inverse?: readonly Action[];
}

function printed(actions: readonly Action[], { inverse, ...given }: Given = { state }): string {
  const plan: Plan = {
    ...{ kind: 'Plan', version: 'v1', id: 'abc', hash: 'abc', findings: [] },
    ...{ target: { kind: 'model', controller: 'prod', model: 'data' }, createdAt: '2026-11-22T06:00:00Z' },
    ...{ limits: limitsFor([]), actions: actions.map((action) => planned(action, inverse)) },
  };
  return printTerraform({ plans: [plan], snapshot, ...given });
}

function only(action: Action, given?: { readonly state?: typeof state }): HclBlock | undefined {
  return readHcl(printed([action], given))[0];
}

const peers: Action = {
  type: 'integrate',
  model: data,
  ends: [
    { application: 'ca', endpoint: 'certificates' },
    { application: 'etcd', endpoint: 'client-certificates' },
  ],
};

describe('a relation to be made', () => {
  it('refers to the resources by their names in the state', () => {
    const block = only(peers);
    expect([block?.type, block?.labels[0], block?.attributes]).toEqual([
      'resource',
      'juju_integration',
      { model_uuid: { reference: 'juju_application.authority.model_uuid' } },
    ]);
    expect(block?.blocks.map(({ attributes }) => attributes)).toEqual([
      { name: { reference: 'juju_application.authority.name' }, endpoint: 'certificates' },
      { name: { reference: 'juju_application.store.name' }, endpoint: 'client-certificates' },
    ]);
  });

  it('names an application of another module by its text', () => {
    const ends = [
      { application: 'web', endpoint: 'etcd' },
      { application: 'etcd', endpoint: 'etcd-client' },
    ] as const;
    const block = only({ type: 'integrate', model: data, ends });
    expect(block?.blocks.map(({ attributes }) => attributes['name'])).toEqual([
      'web',
      { reference: 'juju_application.store.name' },
    ]);
  });

  it('leads to an offer where the other end is of another model', () => {
    const ends = [
      { application: 'traces', endpoint: 'tracing' },
      { application: 'etcd', endpoint: 'tracing' },
    ] as const;
    expect(only({ type: 'integrate', model: data, ends })?.blocks[0]?.attributes).toEqual({
      offer_url: 'prod:admin/cos.traces',
    });
  });

  it('says without a state that its names are guesses', () => {
    const text = printed([peers], {});
    expect(text).toContain('juju_application.etcd is a guess at the resource of application etcd');
    expect(readHcl(text)[0]?.attributes).toEqual({
      model_uuid: { reference: 'juju_application.ca.model_uuid' },
    });
  });
});

const etcd = { model: data, application: 'etcd' } as const;
const web = { model: data, application: 'web' } as const;

describe('a changed application', () => {
  test.each<[string, Action, HclBlock['attributes']]>([
    [
      'an option',
      { type: 'set-config', ...web, key: 'log_level', value: '${debug}' },
      { config: { object: { log_level: '${debug}' } } },
    ],
    ['an option reset', { type: 'reset-config', ...web, key: 'log_level' }, { config: { object: {} } }],
    ['trust', { type: 'trust', ...etcd, kubernetes: false }, { trust: true }],
    ['trust taken away', { type: 'remove-trust', ...etcd, kubernetes: false }, { trust: false }],
  ])('shows %s inside its resource', (_, action, attributes) => {
    expect(only(action)?.attributes).toEqual(attributes);
  });

  test.each<[string, Action, HclBlock['attributes'] | undefined, string]>([
    [
      'exposure to some',
      { type: 'expose', ...etcd, endpoint: 'etcd-client', cidrs: ['10.0.0.0/8', 'fd00::/8'] },
      { endpoints: 'etcd-client', cidrs: '10.0.0.0/8,fd00::/8' },
      '',
    ],
    [
      'one endpoint less, the others kept',
      { type: 'unexpose', ...etcd, endpoint: 'metrics' },
      { endpoints: 'etcd-client', cidrs: '0.0.0.0/0' },
      '',
    ],
    ['no exposure', { type: 'unexpose', ...etcd }, undefined, 'delete the block "expose"'],
    [
      'a revision',
      { type: 'refresh', ...etcd, revision: 183 },
      { revision: 183 },
      'the name and the base stay as they are',
    ],
    ['a channel', { type: 'refresh', ...etcd, channel: '3.6/stable' }, { channel: '3.6/stable' }, ''],
  ])('shows %s in a block', (_, action, attributes, words) => {
    expect([only(action)?.blocks[0]?.attributes, printed([action]).includes(words)]).toEqual([
      attributes,
      true,
    ]);
  });

  it('is named by its resource, its module and its application', () => {
    const text = printed([{ type: 'trust', ...web, kubernetes: false }]);
    expect(text).toContain('# This stands in module.web, not in the root module.');
    expect(text.replaceAll('\n# ', ' ')).toContain(
      'Change module.web.juju_application.this[0] (application web of',
    );
    expect(readHcl(text)[0]?.labels).toEqual(['juju_application', 'this']);
  });
});

describe('what is taken away', () => {
  const relation: Action = {
    type: 'remove-relation',
    model: data,
    ends: [
      { application: 'etcd', endpoint: 'peer-certificates' },
      { application: 'ca', endpoint: 'certificates' },
    ],
  };

  it('is a relation that Terraform makes: its resource is named', () => {
    const text = printed([relation]);
    expect(text).toContain('Delete the resource "juju_integration" "peers"');
    expect(readHcl(text)[0]?.attributes).toEqual({ from: { reference: 'juju_integration.peers' } });
  });

  it('is a relation that Terraform does not make: the command is told', () => {
    const text = printed([relation], {});
    expect([readHcl(text), text.includes('#   juju remove-relation -m prod:admin/data')]).toEqual([[], true]);
  });

  it('is a level of one of several users: the others keep it', () => {
    const action: Action = { type: 'revoke', controller: 'prod', user: 'bob', level: 'admin', on: onModel };
    const block = only(action);
    expect([block?.labels, block?.attributes]).toEqual([
      ['juju_access_model', 'admins'],
      { users: ['carol'] },
    ]);
  });

  it('is taken out of the resource that gives the level held, whatever the command names', () => {
    const revoke: Action = { type: 'revoke', controller: 'prod', user: 'bob', level: 'read', on: onModel };
    const inverse: readonly Action[] = [{ ...revoke, type: 'grant', level: 'admin' }];
    const block = readHcl(printed([revoke], { state, inverse }))[0];
    expect([block?.labels, block?.attributes]).toEqual([
      ['juju_access_model', 'admins'],
      { users: ['carol'] },
    ]);
  });

  it('is a level that Terraform did not grant: the command is told', () => {
    const action: Action = { type: 'revoke', controller: 'prod', user: 'dave', level: 'read', on: onModel };
    const text = printed([action]);
    expect([readHcl(text), text.includes('#   juju revoke -c prod dave read admin/data')]).toEqual([
      [],
      true,
    ]);
  });
});

describe('access and settings', () => {
  test.each<[string, Action, readonly string[], HclBlock['attributes']]>([
    [
      'a level that a resource gives already',
      { type: 'grant', controller: 'prod', user: 'eve', level: 'admin', on: onModel },
      ['juju_access_model', 'admins'],
      { users: ['bob', 'carol', 'eve'] },
    ],
    [
      'a new level',
      { type: 'grant', controller: 'prod', user: 'eve', level: 'read', on: onModel },
      ['juju_access_model', 'data_read_eve'],
      { model_uuid: { reference: 'juju_model.main.uuid' }, access: 'read', users: ['eve'] },
    ],
    [
      'access to an offer',
      {
        type: 'grant',
        controller: 'prod',
        user: 'eve',
        level: 'consume',
        on: { kind: 'offer', name: 'admin/data.db' },
      },
      ['juju_access_offer', 'db_eve'],
      { offer_url: 'admin/data.db', consume: ['eve'] },
    ],
    [
      'a setting of the model',
      { type: 'set-model-config', model: data, key: 'logging-config', value: '<root>=INFO' },
      ['juju_model', 'main'],
      { config: { object: { 'logging-config': '<root>=INFO' } } },
    ],
  ])('are written as HCL: %s', (_, action, labels, attributes) => {
    const block = only(action);
    expect([block?.labels, block?.attributes]).toEqual([labels, attributes]);
  });

  test.each<[string, Action, string]>([
    [
      'a setting of the controller',
      { type: 'set-controller-config', controller: 'prod', key: 'auditing-enabled', value: 'true' },
      'juju controller-config -c prod auditing-enabled=true',
    ],
    [
      'a user who is disabled',
      { type: 'disable-user', controller: 'prod', user: 'dave' },
      'juju disable-user -c prod dave',
    ],
    [
      'a level on the controller',
      { type: 'revoke', controller: 'prod', user: 'bob', level: 'superuser' },
      'juju revoke -c prod bob superuser',
    ],
    [
      'a disabled command, whatever its message holds',
      { type: 'disable-command', model: data, commandSet: 'all', message: 'a\n} resource "x" "y" {' },
      'juju disable-command -m prod:admin/data all',
    ],
  ])('that Terraform cannot do stand in a comment: %s', (_, action, command) => {
    const text = printed([action]);
    expect([readHcl(text), text.includes(`#   ${command}`)]).toEqual([[], true]);
  });
});

it('keeps to valid HCL with names that mean harm', () => {
  const evil = '"}\nresource "x" "${y}" {\n#%{';
  const actions: readonly Action[] = [
    { type: 'set-config', model: data, application: evil, key: evil, value: evil },
    {
      type: 'integrate',
      model: { ...data, model: evil },
      ends: [
        { application: evil, endpoint: evil },
        { application: 'etcd', endpoint: evil },
      ],
    },
    { type: 'grant', controller: evil, user: evil, level: 'read', on: { kind: 'offer', name: evil } },
  ];
  const blocks = readHcl(printed(actions));
  expect(blocks.map(({ labels }) => labels[0])).toEqual([
    'juju_application',
    'juju_integration',
    'juju_access_offer',
  ]);
  expect(blocks[0]?.attributes['config']).toEqual({ object: { [evil]: evil } });
});

it('says that nothing is to do', () => {
  expect(printTerraform({ plans: [], snapshot })).toBe('# Nothing to do by a plan.\n');
});
