import { describe, expect, test } from '@jest/globals';
import { npmVerdict, pipVerdict } from './audit-verdict.ts';

describe('what npm audit printed', () => {
  const answer = (total: number, vulnerabilities: object = {}): string =>
    JSON.stringify({
      vulnerabilities,
      metadata: { vulnerabilities: { total }, dependencies: { prod: 130 } },
    });
  test.each<[string, string, object]>([
    ['is clean without holes', answer(0), { says: 'clean', packages: 130 }],
    [
      'names the holes',
      answer(1, { ws: { name: 'ws', severity: 'high' } }),
      { says: 'holes', holes: ['ws (high)'] },
    ],
    [
      'is no verdict when the registry refused to answer',
      '{"message":"405 Method Not Allowed","statusCode":405}',
      { says: 'not asked', why: '405 Method Not Allowed' },
    ],
    ['is no verdict when it is empty', '', { says: 'not asked', why: 'npm printed no answer' }],
  ])('%s', (_, text, expected) => {
    expect(npmVerdict(text)).toEqual(expected);
  });
});

describe('what pip-audit printed', () => {
  const answer = (...dependencies: readonly object[]): string => JSON.stringify({ dependencies });
  const ops = { name: 'ops', version: '3.9.0', vulns: [] };
  const skipped = { name: 'cosl', skip_reason: 'not found on PyPI' };
  test.each<[string, string, object]>([
    ['is clean when all were looked up', answer(ops), { says: 'clean', packages: 1 }],
    [
      'names the holes',
      answer({ ...ops, vulns: [{ id: 'PYSEC-1' }] }, skipped),
      { says: 'holes', holes: ['ops (PYSEC-1)'] },
    ],
    [
      'is no verdict when one was skipped, whatever it says of the others',
      answer(ops, skipped),
      { says: 'not asked', why: 'not found on PyPI; 0 more likewise' },
    ],
    [
      'is no verdict when it is no answer',
      'ERROR',
      { says: 'not asked', why: 'pip-audit printed no answer' },
    ],
  ])('%s', (_, text, expected) => {
    expect(pipVerdict(text)).toEqual(expected);
  });
});
