import { describe, expect, test } from '@jest/globals';
import { objectionTo, pythonLicence } from './licence-of.ts';

describe('a licence', () => {
  test.each<[string, string, boolean]>([
    ['that asks for nothing more is allowed', 'MIT', true],
    ['of alternatives one does', 'GPL-3.0-only OR MIT', true],
    ['in brackets is read', '(MIT OR Apache-2.0)', true],
    ['of which both count wants both', 'MIT AND Apache-2.0', true],
    ['of which both count fails with one', 'MIT AND AGPL-3.0-only', false],
    ['that reaches over the network is refused', 'AGPL-3.0-only', false],
    ['that nobody knows is refused', 'SEE LICENSE IN LICENSE.md', false],
    ['that is not said is refused', '', false],
  ])('%s', (_, licence, isAllowed) => {
    expect(objectionTo(licence) === undefined).toBe(isAllowed);
  });
});

describe('a Python package', () => {
  test.each<[string, string, string]>([
    ['says it as an expression', 'Name: x\nLicense-Expression: MIT-0\nLicense: other', 'MIT-0'],
    [
      'says it by a classifier',
      'Classifier: License :: OSI Approved :: Apache Software License',
      'Apache-2.0',
    ],
    ['says it in a word', 'Name: x\nLicense: MIT', 'MIT'],
    ['says it in words of its own', 'License: Apache 2.0', 'Apache-2.0'],
    [
      'that says a whole text is told by its classifier',
      'License:    Apache L\nClassifier: License :: MIT License',
      'MIT',
    ],
    ['that says nothing is under none', 'Name: x\nLicense:\nVersion: 1', ''],
  ])('%s', (_, metadata, expected) => {
    expect(pythonLicence(metadata)).toBe(expected);
  });
});
