import { describe, expect, it, test } from '@jest/globals';
import { controlOf, isExplained } from '../../../test/support/etcd.js';
import { judge } from '../../../test/support/judge.js';
import { knownFact, model, prod, unknownFact, type ModelSpec } from '../../../test/support/world.js';
import { kubernetes } from './index.js';

const catalogue = [
  'RBAC-01',
  'RBAC-02',
  'POD-01',
  'DIST-01',
  'NS-01',
  'NET-01',
  'NET-02',
  'IMG-01',
  'IMG-02',
  'SEC-01',
];

describe('the controls', () => {
  it('are those of the catalogue', () => {
    expect(kubernetes.controls.map(({ id }) => id).sort()).toEqual(catalogue.map((id) => `K8S-${id}`).sort());
  });
});

describe.each(catalogue.map((id) => `K8S-${id}`))('%s', (id) => {
  const control = controlOf(kubernetes, id);
  const found = (data: ModelSpec) => judge(control, prod({ models: { data: model(data) } }));
  test.each<[string, string, ModelSpec]>([
    ['is unknown until the cluster may be looked at', 'unknown KubernetesNotObserved', { type: 'caas' }],
    ['is no matter of a machine model', 'not-applicable MachineModel', { type: 'iaas' }],
    [
      'is unknown where the kind of model is not shown',
      'unknown ModelTypeNotShown',
      { info: knownFact({ owner: 'admin' }) },
    ],
    [
      'is unknown where the model was not read',
      'unknown PermissionMissing',
      { info: unknownFact('forbidden', 'model read') },
    ],
  ])('%s', (_, expected, data) => {
    const says = found(data).map(({ judgement: { outcome, reason } }) => `${outcome} ${reason}`);
    expect(says).toEqual([expected]);
    expect(isExplained(control, expected.split(' ')[1] ?? '')).toBe(true);
  });

  it('names what it takes to look', () => {
    expect(found({ type: 'caas' })[0]?.judgement.message).toContain(
      'needs Kubernetes evidence: a kubeconfig',
    );
  });
});
