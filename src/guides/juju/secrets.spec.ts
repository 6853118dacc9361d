import { describe, expect, it, test } from '@jest/globals';
import type { SecretMeta } from '../../core/snapshot.js';
import { verdicts } from '../../../test/support/verdicts.js';
import { judge, model, prod, unknownFact, type ModelSpec } from '../../../test/support/world.js';
import { secretBackend, secretRotation } from './model-secrets.js';

const data = (spec: ModelSpec) => prod({ models: { data: model(spec) } });

describe('JUJU-MODEL-07 secret backend', () => {
  test.each([
    [
      'the declared backend passes',
      { secretBackend: 'vault' },
      { params: { backend: 'vault' } },
      'pass AsRequired',
    ],
    ['another one fails', { secretBackend: 'auto' }, { params: { backend: 'vault' } }, 'fail OtherBackend'],
    ['an external one passes undeclared', { secretBackend: 'vault' }, {}, 'pass AsRequired'],
    ["the controller's own has to be agreed to", { secretBackend: 'auto' }, {}, 'manual BackendNotDeclared'],
    [
      "the controller's own fails in the strict profile",
      { secretBackend: 'internal' },
      { profile: 'strict' },
      'fail SecretsInController',
    ],
    [
      "on Kubernetes auto is the cluster's",
      { type: 'caas', secretBackend: 'auto' },
      { profile: 'strict' },
      'pass AsRequired',
    ],
    [
      'a backend that was not read is unknown',
      { secretBackend: unknownFact('no rights', 'model read') },
      {},
      'unknown PermissionMissing',
    ],
  ] as const)('%s', (_, spec, judging, expected) => {
    expect(verdicts(judge(secretBackend, data(spec), judging))).toEqual([expected]);
  });
});

describe('JUJU-APP-05 secret rotation', () => {
  const secret = (more: Partial<SecretMeta>): SecretMeta => ({
    id: 's1',
    owner: 'etcd',
    revisionCreated: '2026-11-01T00:00:00Z',
    ...more,
  });

  test.each([
    ['a rotation to come passes', [secret({ nextRotation: '2026-12-01T00:00:00Z' })], {}, 'pass AsRequired'],
    [
      'a rotation past its time fails',
      [secret({ nextRotation: '2026-11-20T00:00:00Z' })],
      {},
      'fail RotationOverdue',
    ],
    ['a young secret of a user passes', [secret({ owner: '<model>' })], {}, 'pass AsRequired'],
    [
      'an old secret of a user fails',
      [secret({ owner: '<model>', revisionCreated: '2026-01-01T00:00:00Z' })],
      {},
      'fail SecretTooOld',
    ],
    [
      'owners as the API names them count too',
      [secret({ owner: 'model-253b', revisionCreated: '2026-01-01T00:00:00Z' })],
      {},
      'fail SecretTooOld',
    ],
    [
      'the policy sets the age',
      [secret({ owner: '<model>', revisionCreated: '2026-11-01T00:00:00Z' })],
      { age: '7d' },
      'fail SecretTooOld',
    ],
    [
      "a charm's secret without rotation has no age",
      [secret({ revisionCreated: '2020-01-01T00:00:00Z' })],
      {},
      'pass AsRequired',
    ],
    ['a secret without revisions is being removed', [{ id: 's', owner: '<model>' }], {}, 'pass AsRequired'],
    ['no secrets pass', [], {}, 'pass AsRequired'],
    [
      'secrets that were not read are unknown',
      unknownFact('no rights', 'model read'),
      {},
      'unknown PermissionMissing',
    ],
  ])('%s', (_, secrets, params, expected) => {
    expect(verdicts(judge(secretRotation, data({ secrets }), { params }))).toEqual([expected]);
  });

  it('turns overdue by time alone, and says when', () => {
    const [finding] = judge(
      secretRotation,
      data({ secrets: [secret({ nextRotation: '2026-12-01T00:00:00Z' })] }),
    );
    expect(finding!.validUntil).toBe(Date.parse('2026-12-01T00:00:00Z'));
  });
});
