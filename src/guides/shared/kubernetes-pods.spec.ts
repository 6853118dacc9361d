import { describe, expect, it, test } from '@jest/globals';
import { container, pod } from '../../../test/support/cluster.js';
import { podsOf, unitOf, workloadContainers } from './kubernetes-pods.js';

describe('the unit that a pod is', () => {
  const plain = pod('pg', 0, { jujuAnnotations: {} });
  test.each([
    ['is what Juju writes on it', pod('pg', 2), 'pg/2'],
    ['whatever the pod is called', pod('pg', 2, { name: 'pg-7' }), 'pg/2'],
    ['is told by its name where Juju writes nothing', { ...plain, name: 'pg-12' }, 'pg/12'],
    ['not by a name with more before the number', { ...plain, name: 'pg-x-0' }, 'pg-x-0'],
    ['nor by one without a number', { ...plain, name: 'pg-a' }, 'pg-a'],
    ['nor by that of another application', { ...plain, name: 'my-0' }, 'my-0'],
    ['nor where no application is told', { ...plain, labels: {} }, 'pg-0'],
  ])('%s', (_, given, expected) => {
    expect(unitOf(given)).toBe(expected);
  });
});

it('leaves out the pods of others and those that have ended', () => {
  const pods = [
    pod('pg'),
    pod('my'),
    pod('pg', 1, { phase: 'Succeeded' }),
    pod('pg', 2, { phase: 'Failed' }),
    pod('pg', 3, { phase: 'Pending' }),
  ];
  const all = Object.fromEntries(pods.map((one) => [one.name, one]));
  expect(podsOf(all, 'pg').map(({ name }) => name)).toEqual(['pg-0', 'pg-3']);
});

it("takes neither Juju's containers nor those that only prepare the pod for the workload", () => {
  const containers = ['charm', 'charm-init', 'pg'].map((name) => container(name));
  const given = pod('pg', 0, { containers: [...containers, container('once', { kind: 'init' })] });
  expect(workloadContainers(given).map(({ name }) => name)).toEqual(['pg']);
});
