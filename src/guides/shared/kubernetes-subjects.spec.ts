import { expect, test } from '@jest/globals';
import type { AccessRule, Role } from '../../core/kube/access.js';
import { allows, allowsEverything } from './kubernetes-subjects.js';

const nothing: AccessRule = { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: [] };
const secrets: AccessRule = { ...nothing, verbs: ['get', 'list'], resources: ['secrets'] };
const all: AccessRule = { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [] };

const role = (...rules: readonly AccessRule[]) => ({ rules }) as unknown as Role;
const readsSecrets = (...rules: readonly AccessRule[]) =>
  allows(role(...rules), { verbs: ['list', 'watch'], group: '', resource: 'secrets' });

test.each<[string, readonly AccessRule[], boolean]>([
  ['one rule of several is enough', [nothing, secrets], true],
  ['one of the verbs is enough', [secrets], true],
  ['another verb is not', [{ ...secrets, verbs: ['create'] }], false],
  ['another group is not', [{ ...secrets, apiGroups: ['apps'] }], false],
  ['another resource is not', [nothing], false],
  ['named objects are not all of them', [{ ...secrets, resourceNames: ['one'] }], false],
  ['a wildcard is everything', [all], true],
])('to read all secrets, %s', (_name, rules, expected) => {
  expect(readsSecrets(...rules)).toBe(expected);
});

test.each<[string, readonly AccessRule[], boolean]>([
  ['one rule of several is enough', [nothing, all], true],
  ['every verb on one group is not', [{ ...all, apiGroups: [''] }], false],
  ['every verb on named objects is not', [{ ...all, resourceNames: ['one'] }], false],
])('to be allowed everything, %s', (_name, rules, expected) => {
  expect(allowsEverything(role(...rules))).toBe(expected);
});
