import { describe, expect, it, test } from '@jest/globals';
import type { Action } from './action.js';
import { isStepOf, recipeId, recipeText, type Recipe } from './recipe.js';

const model = { controller: 'prod', owner: 'admin', model: 'data' };
const recipe: Recipe = {
  type: 'refresh',
  model,
  application: 'etcd',
  revision: 200,
  steps: [
    { type: 'run-action', action: 'pre-refresh-check' },
    { type: 'set-config', key: 'pause-after-unit-refresh', value: 'first' },
    { type: 'refresh', revision: 200 },
    { type: 'run-action', action: 'resume-refresh' },
  ],
};
const own = { model, application: 'etcd' } as const;
const run = { type: 'run-action', ...own, unit: 'etcd/1', action: 'resume-refresh', params: {} } as const;
const refresh = { type: 'refresh', ...own, revision: 200 } as const;

describe('a step of a recipe', () => {
  test.each<[string, Action, boolean]>([
    ['is its action, on whichever unit', run, true],
    ['is its option', { type: 'set-config', ...own, key: 'pause-after-unit-refresh', value: 'first' }, true],
    ['is its refresh', refresh, true],
    ['is not the action with parameters', { ...run, params: { force: 'true' } }, false],
    ['is not another action', { ...run, action: 'force-refresh-start' }, false],
    [
      'is not another value',
      { type: 'set-config', ...own, key: 'pause-after-unit-refresh', value: 'none' },
      false,
    ],
    ['is not a refresh to another revision', { ...refresh, revision: 201 }, false],
    ['is not a refresh to another channel', { ...refresh, channel: '3.6/edge' }, false],
    ['is not a refresh with resources', { ...refresh, resources: { image: 'x' } }, false],
    ['is not a refresh with trust', { ...refresh, trust: true }, false],
    ['is not one of another application', { ...refresh, application: 'kafka' }, false],
    ['is not one in another model', { ...refresh, model: { ...model, model: 'other' } }, false],
    ['is nothing about the model', { type: 'set-model-config', model, key: 'a', value: 'b' }, false],
  ])('%s', (_, action, expected) => {
    expect(isStepOf(action, recipe)).toBe(expected);
  });
});

it('is told with all that is decided on', () => {
  expect(recipeText(recipe)).toBe(
    'the refresh of etcd to revision 200, which is approved as a whole: juju run etcd/UNIT pre-refresh-check; ' +
      'juju config etcd pause-after-unit-refresh=first (where it is not so); juju refresh etcd --revision 200; ' +
      'juju run etcd/UNIT resume-refresh',
  );
});

it('has another name when it leads elsewhere', () => {
  expect(recipeId({ ...recipe, revision: 201 })).not.toBe(recipeId(recipe));
  expect(recipeId({ ...recipe })).toBe(recipeId(recipe));
});
