import { describe, expect, test } from '@jest/globals';
import { covers, overlap } from './pattern.js';

describe('patterns of permissions', () => {
  test.each([
    ['a name fits itself, whatever its case', 'ec2:RunInstances', 'EC2:runinstances', true],
    ['a name does not fit another', 'ec2:RunInstances', 'ec2:RunInstance', false],
    ['a star stands for nothing too', 'ec2:Run*', 'ec2:Run', true],
    ['a star stands for what is in the middle', 'ec2:*Volume', 'ec2:AttachVolume', true],
    ['a question mark stands for one letter', 'ec2:Run?nstances', 'ec2:RunInstances', true],
    ['a question mark does not stand for none', 'ec2:RunInstances?', 'ec2:RunInstances', false],
    ['two patterns with a common name meet', 'iam:Create*', 'iam:*Role', true],
    ['two patterns that end otherwise do not', 'iam:*Role', 'iam:*User', false],
    ['a dot is a dot', 'iam.roles', 'iamXroles', false],
  ])('%s', (_, left, right, expected) => {
    expect([overlap(left, right), overlap(right, left)]).toEqual([expected, expected]);
  });

  test.each([
    ['a star covers every pattern', '*', 'ec2:*', true],
    ['a service covers a part of it', 'ec2:*', 'ec2:Describe*', true],
    ['a part does not cover the service', 'ec2:Describe*', 'ec2:*', false],
    ['a question mark does not cover a star', 'ec2:?', 'ec2:*', false],
    ['a name does not cover a question mark', 'ec2:a', 'ec2:?', false],
    ['a star covers a question mark', 'ec2:*', 'ec2:?', true],
    ['a name covers itself only', 'ec2:a', 'ec2:b', false],
  ])('%s', (_, wide, narrow, expected) => {
    expect(covers(wide, narrow)).toBe(expected);
  });

  test('patterns that would trap a regular expression are walked at once', () => {
    const trap = '*a'.repeat(128);
    const started = performance.now();
    expect(overlap(trap, `${'a'.repeat(255)}b`)).toBe(false);
    expect(covers(trap, `${'a'.repeat(255)}b`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
