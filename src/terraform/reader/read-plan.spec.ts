import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { isKnown, valueOf, type Fact } from '../../core/fact.js';
import type { ModelState, Snapshot } from '../../core/snapshot.js';
import { readTerraformText } from './read-plan.js';

const at = '2026-11-22T06:00:00Z';
const origin = { source: 'plan.json', at };

function fixture(name: string): string {
  return readFileSync(new URL(`../../../test/fixtures/terraform/${name}`, import.meta.url), 'utf8');
}

const plan = fixture('plan-new-estate.json');

function reasonIn(fact: Fact<unknown> | undefined): string {
  return fact === undefined || isKnown(fact) ? 'known' : fact.unknown.reason;
}

function dataIn(snapshot: Snapshot): ModelState {
  const found = snapshot.controllers['']?.models['data'];
  if (found === undefined) throw new Error('the plan has no model data');
  return found;
}

describe('a plan of a new estate', () => {
  const model = dataIn(readTerraformText(plan, origin));

  it('puts everything into the model that its configuration refers to, through modules and variables', () => {
    expect(Object.keys(model.applications)).toEqual(['ca', 's3', 'secretive', 'charmed-etcd']);
  });

  it('reads charm, exposure and trust', () => {
    const etcd = model.applications['charmed-etcd'];
    expect(etcd && valueOf(etcd.charm)).toEqual({
      name: 'charmed-etcd',
      origin: 'charmhub',
      channel: '3.6/stable',
      track: '3.6',
      risk: 'stable',
      subordinateTo: [],
    });
    const to = { cidrs: ['10.0.0.0/8'], spaces: [] };
    expect(etcd && valueOf(etcd.exposure)).toEqual({
      exposed: true,
      endpoints: { 'etcd-client': to, metrics: to },
    });
    expect(model.applications['secretive']?.trust).toMatchObject({ value: true });
  });

  it('joins applications whose names are known only later, by what the configuration refers to', () => {
    expect(valueOf(model.relations)?.map(({ ends }) => ends)).toEqual([
      [
        { application: 'ca', endpoint: 'certificates' },
        { application: 'charmed-etcd', endpoint: 'peer-certificates' },
      ],
      [{ application: 's3' }, { application: 'store', remote: true }],
    ]);
    expect(valueOf(model.remoteApplications)?.['store']?.offerUrl).toBe('admin/backups.store');
  });

  it('reads offers with those who may reach them', () => {
    expect(valueOf(model.offers)?.['etcd-clients']).toEqual({
      name: 'etcd-clients',
      application: 'charmed-etcd',
      endpoints: [{ name: 'etcd-client', interface: '' }],
      users: { carol: 'consume' },
    });
  });

  it('knows the options of an application that is made now', () => {
    const config = model.applications['s3']?.config;
    expect(config && valueOf(config)).toEqual({
      bucket: { value: 'backups', source: 'user' },
      endpoint: { value: 'http://s3.internal', source: 'user' },
    });
  });

  test.each([
    ['running units', 'units', 'a Terraform plan does not show the units that run; audit the controller'],
    ['what runs', 'status', 'a Terraform plan does not show what is running'],
    [
      'sensitive options',
      'config',
      'options of juju_application.secretive are not known or sensitive: database-name',
    ],
  ] as const)('does not know %s, and says why', (_, key, reason) => {
    const fact = model.applications['secretive']?.[key];
    expect(reasonIn(fact)).toContain(reason);
  });

  it('names the grants that Terraform makes, and knows that there may be others', () => {
    expect(reasonIn(model.users)).toContain('(admin for bob)');
  });

  it('keeps no sensitive value', () => {
    expect(JSON.stringify(readTerraformText(plan, origin))).not.toContain('canary');
  });
});

type Json = Record<string, unknown>;

/** A plan of one application in a model that is there, as version 1 of the provider writes it. */
function planWith(change: (application: Json, mark: Json) => void, action = 'update'): string {
  const values: Json = {
    ...{ name: 'db', model_uuid: 'u1', charm: [{ name: 'postgresql', channel: 'stable' }] },
    ...{ config: { a: 'b' }, expose: [], trust: false },
  };
  const later: Json = {};
  change(values, later);
  const address = 'juju_application.db';
  const resource = { address, mode: 'managed', type: 'juju_application', name: 'db', values };
  const model = {
    ...{ address: 'data.juju_model.x', mode: 'data', type: 'juju_model', name: 'x' },
    values: { name: 'data', uuid: 'u1' },
  };
  return JSON.stringify({
    format_version: '1.2',
    planned_values: { root_module: { resources: [resource] } },
    prior_state: { values: { root_module: { resources: [model] } } },
    resource_changes: [{ address, change: { actions: [action], after_unknown: later, after_sensitive: {} } }],
  });
}

describe('an application in a model that is there', () => {
  test.each<[string, (values: Json, later: Json) => void, 'exposure' | 'trust' | 'charm' | 'config', string]>(
    [
      [
        'its exposure',
        (_, later) => (later['expose'] = [{ cidrs: true }]),
        'exposure',
        'expose of juju_application.db is known only after the plan was applied',
      ],
      [
        'its trust',
        (_, later) => (later['trust'] = true),
        'trust',
        'trust of juju_application.db is known only',
      ],
      ['its options, which others may have set', () => undefined, 'config', 'options that were set by hand'],
      [
        'its charm, where none is named',
        (values) => (values['charm'] = []),
        'charm',
        'juju_application.db does not name its charm',
      ],
    ],
  )('leaves unknown %s', (_, change, key, reason) => {
    const fact = dataIn(readTerraformText(planWith(change), origin)).applications['db']?.[key];
    expect(reasonIn(fact)).toContain(reason);
  });

  it('takes a channel without a track as latest', () => {
    const app = dataIn(
      readTerraformText(
        planWith(() => undefined),
        origin,
      ),
    ).applications['db'];
    expect(app && valueOf(app.charm)).toMatchObject({ track: 'latest', risk: 'stable', channel: 'stable' });
  });

  it('finds its model by name in plans of version 0 of the provider', () => {
    const text = planWith((values) => {
      delete values['model_uuid'];
      values['model'] = 'data';
    });
    expect(dataIn(readTerraformText(text, origin)).applications['db']?.name).toBe('db');
  });

  it('is kept apart where nothing tells its model', () => {
    const text = planWith((values, later) => {
      delete values['model_uuid'];
      later['model_uuid'] = true;
    });
    const models = readTerraformText(text, origin).controllers['']?.models ?? {};
    expect(Object.keys(models['(known after apply)']?.applications ?? {})).toEqual(['db']);
  });
});

it('knows of no application to be unrelated while one end of a relation is known only later', () => {
  const document = JSON.parse(plan) as PlanJson;
  const isTheOne = ({ address }: { readonly address: string }): boolean =>
    address === 'juju_integration.etcd_ca';
  const planned = document.planned_values.root_module.resources.find(isTheOne);
  const written = document.configuration.root_module.resources.find(isTheOne);
  if (planned?.values === undefined || written?.expressions === undefined)
    throw new Error('no such relation');
  planned.values['application'] = [{}, {}];
  written.expressions['application'] = [{ name: { references: ['each.value'] } }];
  const model = dataIn(readTerraformText(JSON.stringify(document), origin));
  const facts = [model.relations, model.applications['s3']?.relations ?? model.relations];
  expect(facts.map(isKnown)).toEqual([false, false]);
});

interface PlanJson {
  readonly planned_values: { readonly root_module: { readonly resources: readonly JsonResource[] } };
  readonly configuration: { readonly root_module: { readonly resources: readonly JsonResource[] } };
}

interface JsonResource {
  readonly address: string;
  readonly values?: Json;
  readonly expressions?: Json;
}

it('reads a state as well', () => {
  const model = dataIn(readTerraformText(fixture('state.json'), origin));
  expect([Object.keys(model.applications), valueOf(model.info)?.type]).toEqual([
    ['etcd', 'ca', 'web'],
    'iaas',
  ]);
});

describe('what is no plan', () => {
  test.each([
    ['nothing', '', 'plan.json is empty: print the plan with "terraform show -json FILE"'],
    [
      'a binary plan',
      'PK\u0003\u0004rest',
      'is a binary plan file: print the plan with "terraform show -json FILE"',
    ],
    [
      'text for people',
      'Terraform will perform the following actions:',
      "it looks like Terraform's text for people",
    ],
    ['a log', '{"@level":"info"}\n{"@level":"info"}', 'it is the log that "terraform plan -json" writes'],
    ['a state file', '{"version":4,"lineage":"x","resources":[]}', 'it is a state file of Terraform'],
    ['a status', '{"model":{"name":"x"}}', 'it looks like a juju status; read it with --status'],
    ['a newer format', '{"format_version":"2.0"}', 'of a newer Terraform'],
    ['an empty plan', '{"format_version":"1.2"}', 'holds no resources'],
    ['a plan that failed', '{"format_version":"1.2","errored":true}', 'failed half-way'],
    [
      'a plan without Juju',
      '{"format_version":"1.2","planned_values":{"root_module":{}}}',
      'no resources of the Juju provider',
    ],
    ['half a file', '{"format_version":"1.2","planned', 'was it cut short while saving?'],
    ['a list', '[]', 'is no Terraform plan: it holds a list'],
  ])('is refused in one sentence: %s', (_, content, sentence) => {
    expect(() => readTerraformText(content, origin)).toThrow(sentence);
  });
});
