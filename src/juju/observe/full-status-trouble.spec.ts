import { describe, expect, it, test } from '@jest/globals';
import { wsResponse } from '../../../test/support/ws-capture.js';
import type { Fact, Reading } from '../../core/fact.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { blindStatus, readFullStatus, type ModelStatus } from './full-status.js';

const reading: Reading = {
  source: { road: 'api', call: 'Client.FullStatus v8' },
  at: '2026-11-22T03:34:35Z',
};

function read(answer: unknown, dropped: string[] = []): ModelStatus {
  return readFullStatus(reading, answer, (what, name) => dropped.push(`${what} ${name}`));
}

function value<T>(fact: Fact<T> | undefined): T {
  if (fact === undefined || !isKnown(fact)) throw new Error(`not known: ${JSON.stringify(fact)}`);
  return fact.value;
}

function reasonOf(fact: Fact<unknown> | undefined): string {
  return fact !== undefined && !isKnown(fact) ? fact.unknown.reason : 'known';
}

const hardened = read(wsResponse('3-hardened/ws/FullStatus-data'));
const model = { name: 'm', type: 'iaas', 'cloud-tag': 'cloud-aws', 'model-status': { status: 'available' } };

/** A status of one application with these fields. */
function withApplication(fields: object, more: object = {}): ModelStatus {
  return read({ model, applications: { pg: { charm: 'ch:pg-1', units: {}, ...fields } }, ...more });
}

describe('what Juju itself could not read', () => {
  const err = { message: 'boom', code: '' };

  it('makes an application’s facts unknown, with Juju’s reason', () => {
    const application = read({ model, applications: { pg: { err } } }).applications['pg'];
    expect(reasonOf(application?.charm)).toBe('Juju could not read pg: boom');
    expect(reasonOf(application?.units)).toBe('Juju could not read pg: boom');
  });

  it('makes only the status unknown when only that failed', () => {
    const application = withApplication({ exposed: false, status: { err } }).applications['pg'];
    expect(reasonOf(application?.status)).toBe('Juju could not read the status of pg: boom');
    expect(value(application?.exposure).exposed).toBe(false);
  });

  it('makes the units unknown when one of them failed, also below its principal', () => {
    const units = { 'pg/0': { subordinates: { 'agent/0': { 'workload-status': { err } } } } };
    const status = withApplication({ units }, {});
    expect(valueOf(status.applications['pg']!.units)).toHaveProperty('pg/0');
    const both = read({
      model,
      applications: { pg: { charm: 'ch:pg-1', units }, agent: { charm: 'ch:agent-1' } },
    });
    expect(reasonOf(both.applications['agent']?.units)).toContain('unit agent/0: boom');
  });

  test.each([
    ['machines', { machines: { '0': { 'agent-status': { err } } } }],
    ['remoteApplications', { 'remote-applications': { saas: { err } } }],
    ['offers', { offers: { offer: { err } } }],
  ] as const)('makes %s unknown', (key, part) => {
    expect(reasonOf(read({ model, ...part })[key])).toMatch(/boom$/);
  });

  it('makes the model unknown when its status failed', () => {
    expect(reasonOf(read({ model: { ...model, 'model-status': { err } } }).info)).toMatch(/boom$/);
  });

  it('leaves out the status of a relation whose status failed', () => {
    const endpoints = [
      { application: 'a', name: 'db', role: 'requirer' },
      { application: 'b', name: 'db', role: 'provider' },
    ];
    const [relation] = value(read({ model, relations: [{ id: 1, endpoints, status: { err } }] }).relations);
    expect(relation).not.toHaveProperty('status');
  });
});

describe('a hostile status', () => {
  it('loses everything whose name Juju would not allow, and each is told', () => {
    const dropped: string[] = [];
    const names = JSON.parse(
      '{"--force": {}, "__proto__": {}, "pg": {"charm": "ch:pg-1", "units": {"other/0": {}, "pg/x": {}}}}',
    ) as object;
    const relations = [
      {
        key: 'evil',
        endpoints: [
          { application: 'a b', name: 'x' },
          { application: 'c', name: 'y' },
        ],
      },
    ];
    const status = read(
      {
        model,
        applications: names,
        machines: { '../0': {} },
        offers: { 'A;': {} },
        'remote-applications': { r$: {} },
        relations,
      },
      dropped,
    );
    expect(Object.keys(status.applications)).toEqual(['pg']);
    expect(value(status.applications['pg']?.units)).toEqual({});
    expect(dropped.sort()).toEqual([
      'application --force',
      'application __proto__',
      'machine ../0',
      'offer A;',
      'relation evil',
      'remote application r$',
      'unit other/0',
      'unit pg/x',
    ]);
  });

  test.each([null, 'text', 7, [], {}, { model: null }, { model: { name: {} } }])(
    '%j is no status',
    (answer) => {
      expect(() => read(answer)).toThrow('names no model');
    },
  );

  it('of the wrong shape everywhere is read without a throw', () => {
    const odd = {
      model,
      applications: { a: 7, b: { units: { 'b/0': 'x' }, base: 1, status: [] } },
      relations: [1, null, { endpoints: [null, null] }],
      machines: { '0': null },
    };
    expect(reasonOf(read(odd).applications['a']?.charm)).toMatch(/does not name the charm/);
    expect(reasonOf(read(odd).applications['b']?.exposure)).toMatch(/does not tell whether/);
  });
});

describe('a model out of sight', () => {
  it('keeps the names of its applications and nothing else', () => {
    const blind = blindStatus(reading, 'gone dark', hardened);
    expect(Object.keys(blind.applications)).toEqual(Object.keys(hardened.applications));
    const { name, ...facts } = blind.applications['etcd']!;
    expect(name).toBe('etcd');
    expect(Object.values(facts).map(reasonOf)).toEqual(Object.values(facts).map(() => 'gone dark'));
    expect(reasonOf(blind.relations)).toBe('gone dark');
  });
});
