import { describe, expect, it, test } from '@jest/globals';
import { controller, estate, model, unknownFact } from '../../../test/support/world.js';
import { blindStack } from './blind.js';
import type { StackMatch } from './stack.js';
import { isLabelledAs, watchedModels, type TopologyLabels } from './watched-models.js';

const controllers = Object.values(
  estate({
    controllers: {
      prod: controller({
        models: {
          data: model({ info: { uuid: 'u-1' } }),
          'ann/lab': model({ info: unknownFact('not read') }),
        },
      }),
      edge: controller({ models: { data: model({ info: { uuid: 'u-2' } }) } }),
    },
  }).controllers,
);

describe('the models that a stack watches', () => {
  test.each<[string, StackMatch, readonly string[]]>([
    ['are all unless the policy says which', {}, ['prod:data', 'prod:ann/lab', 'edge:data']],
    ['are those of a controller', { controller: 'p*' }, ['prod:data', 'prod:ann/lab']],
    ['are those of a name', { model: 'data' }, ['prod:data', 'edge:data']],
    ['whatever its applications', { model: 'data', application: 'etcd' }, ['prod:data', 'edge:data']],
  ])('%s', (_name, match, expected) => {
    expect(watchedModels(controllers, match).map(({ key }) => key)).toEqual(expected);
  });

  it('are told by their own name and by their UUID where it was read', () => {
    expect(watchedModels(controllers, { controller: 'prod' })).toEqual([
      { key: 'prod:data', controller: 'prod', model: 'data', shortName: 'data', uuid: 'u-1' },
      { key: 'prod:ann/lab', controller: 'prod', model: 'ann/lab', shortName: 'lab' },
    ]);
  });
});

describe('labels name a model', () => {
  const [data, lab] = watchedModels(controllers, { controller: 'prod' });
  if (data === undefined || lab === undefined) throw new Error('no models');

  test.each<[string, typeof data, TopologyLabels, boolean]>([
    ['by its UUID', data, { juju_model_uuid: 'u-1', juju_model: 'other' }, true],
    [
      'not by its name where the UUID is of another',
      data,
      { juju_model_uuid: 'u-2', juju_model: 'data' },
      false,
    ],
    ['by its name where there is no UUID', data, { juju_model: 'data' }, true],
    ['by its name where the UUID is empty', data, { juju_model_uuid: '', juju_model: 'data' }, true],
    ['by its name where its own UUID is not known', lab, { juju_model_uuid: 'u-9', juju_model: 'lab' }, true],
    ['not by another name', lab, { juju_model: 'ann/lab' }, false],
    ['not where they say nothing', data, {}, false],
  ])('%s', (_name, watched, labels, expected) => {
    expect(isLabelledAs(watched, labels)).toBe(expected);
  });
});

describe('a stack that is out of reach', () => {
  it('shows nothing of any model, and says why', () => {
    const why = { reason: 'no answer', at: '2026-11-22T06:00:00Z' };
    const blind = blindStack({ name: 'cos', match: {} }, ['prod:b', 'prod:a'], why);
    const gap = {
      source: { road: 'observability', call: 'stack cos' },
      at: why.at,
      unknown: { reason: 'no answer' },
    };
    expect(blind.metricsRetention).toMatchObject(gap);
    expect(Object.keys(blind.models)).toEqual(['prod:a', 'prod:b']);
    expect(blind.models['prod:a']).toMatchObject({ name: 'prod:a', rules: gap, targets: gap, logs: gap });
  });
});
