import { describe, expect, it, test } from '@jest/globals';
import { controller, estate, model, unknownFact } from '../../../test/support/world.js';
import { applicationOf, isJujuContainer } from './juju-labels.js';
import { isNamespaceOf, type NamespaceOwner } from './model-namespace.js';
import { modelNamespaces, namespaceOwner } from './places.js';

const { controllers } = estate({
  controllers: {
    prod: controller({
      models: {
        'ann/data': model({ type: 'caas' }),
        controller: model({ type: 'caas', info: { isController: true } }),
        machines: model({ type: 'iaas' }),
        unread: model({ info: unknownFact('not read') }),
      },
    }),
    edge: controller({ models: { data: model({ type: 'caas' }) } }),
  },
});

describe('the namespaces of models', () => {
  test.each<[string, Parameters<typeof modelNamespaces>[1], Readonly<Record<string, readonly string[]>>]>([
    [
      'are those on Kubernetes, several models for one where their names are the same',
      {},
      { data: ['prod:ann/data', 'edge:data'], 'controller-prod': ['prod:controller'] },
    ],
    ['are those of the controllers that are asked about', { controller: 'edge' }, { data: ['edge:data'] }],
    ['are those of the models that are asked about', { model: 'ann/*' }, { data: ['prod:ann/data'] }],
  ])('%s', (_name, match, expected) => {
    const found = modelNamespaces(Object.values(controllers), match);
    const told = [...found].map(([name, places]) => [
      name,
      places.map((one) => `${one.controller}:${one.model}`),
    ]);
    expect(Object.fromEntries(told)).toEqual(expected);
  });

  it('are looked for by what was read of the model', () => {
    const prod = controllers['prod']!;
    expect(namespaceOwner(prod.models['ann/data']!)).toMatchObject({ name: 'data', isController: false });
    expect(namespaceOwner(prod.models['unread']!)).toEqual({
      name: 'unread',
      controller: 'prod',
      isController: false,
    });
    const unread = { ...prod.models['controller']!, info: unknownFact('not read') };
    expect(namespaceOwner(unread).isController).toBe(true);
  });
});

describe('a namespace is a model’s', () => {
  const unknownUuid: NamespaceOwner = { name: 'data', controller: 'prod', isController: false };
  const owner: NamespaceOwner = { ...unknownUuid, uuid: 'u-1' };
  const id = 'model.juju.is/id';
  const named = 'model.juju.is/name';

  type Told = Partial<Parameters<typeof isNamespaceOf>[1]>;
  test.each<[string, NamespaceOwner, Told, boolean]>([
    ['by its UUID, whatever it is called', owner, { name: 'x', labels: { [id]: 'u-1' } }, true],
    ['by the UUID of an annotation', owner, { name: 'x', jujuAnnotations: { [id]: 'u-1' } }, true],
    ['not by its name where the UUID is of another', owner, { labels: { [id]: 'u-2' } }, false],
    ['nor where an annotation tells another', owner, { jujuAnnotations: { [id]: 'u-2' } }, false],
    ['by its name where its own UUID is not known', unknownUuid, { labels: { [id]: 'u-2' } }, true],
    ['by its name where nothing tells a UUID', owner, {}, true],
    ['by its name and the label of it', owner, { labels: { [named]: 'data' } }, true],
    ['not where the label tells another name', owner, { labels: { [named]: 'other' } }, false],
    ['not by another name', owner, { name: 'other', labels: { [named]: 'data' } }, false],
    ['by the name of the controller', { ...owner, isController: true }, { name: 'controller-prod' }, true],
  ])('%s', (_name, who, more, expected) => {
    const namespace = { name: 'data', uid: '1', labels: {}, jujuAnnotations: {}, phase: 'Active', ...more };
    expect(isNamespaceOf(who, namespace)).toBe(expected);
  });
});

describe('labels of Juju', () => {
  it('tell the application, by the newer label first', () => {
    const of = (labels: Readonly<Record<string, string>>) => applicationOf({ labels });
    expect([
      of({ 'app.kubernetes.io/name': 'etcd', 'juju-app': 'old' }),
      of({ 'juju-app': 'old' }),
      of({ app: 'etcd' }),
    ]).toEqual(['etcd', 'old', undefined]);
  });

  it('are not needed to tell the containers of the charm', () => {
    expect(['charm', 'charm-init', 'etcd'].map(isJujuContainer)).toEqual([true, true, false]);
  });
});
