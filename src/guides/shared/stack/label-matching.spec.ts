import { describe, expect, it, test } from '@jest/globals';
import { condition } from '../../../../test/support/stack.js';
import { allMatch, type Sure } from './label-matching.js';

const labels = { severity: 'critical', juju_model: 'data.prod', team: '{{ $labels.team }}' };

describe('whether labels meet a condition', () => {
  test.each<[string, Sure]>([
    ['severity=critical', 'yes'],
    ['severity=warning', 'no'],
    ['severity!=warning', 'yes'],
    ['severity!=critical', 'no'],
    ['severity=~critical|page', 'yes'],
    ['severity=~(warning|critical)', 'yes'],
    ['severity=~^(?:critical)$', 'perhaps'],
    ['severity=~crit', 'no'],
    ['severity=~crit.*', 'yes'],
    ['severity=~.+', 'yes'],
    ['severity!~warning|info', 'yes'],
    ['severity!~.*', 'no'],
    ['juju_model=~data\\.prod', 'yes'],
    ['juju_model=~data.prod', 'yes'],
    ['juju_model=~data\\.p', 'no'],
    ['severity=~[a-z]+', 'perhaps'],
    ['severity=~.*.*.*.*.*x', 'no'],
    ['severity=~.*i.*i.*l', 'yes'],
    ['severity=~.*i.*i.*i.*', 'no'],
    ['severity=~criti.al', 'yes'],
    ['severity=~critical.+', 'no'],
    ['severity=~critical.*', 'yes'],
    ['severity=~', 'no'],
    ['juju_unit=etcd/0', 'perhaps'],
    ['team=db', 'perhaps'],
  ])('%s: %s', (text, expected) => {
    expect(allMatch([condition(text)], labels)).toBe(expected);
  });

  it('holds only where all do, and one that fails settles it', () => {
    const all = (...texts: readonly string[]): Sure => allMatch(texts.map(condition), labels);
    expect([
      all(),
      all('severity=critical', 'juju_model=data.prod'),
      all('severity=critical', 'job=x'),
      all('job=x', 'severity=info'),
    ]).toEqual(['yes', 'yes', 'perhaps', 'no']);
  });

  it('takes no time for a pattern that is made to take for ever', () => {
    const value = 'a'.repeat(200);
    const begun = performance.now();
    expect(allMatch([condition('x=~(a|a.*)+.*.*.*b')], { x: value })).toBe('perhaps');
    expect(allMatch([condition(`x=~${'a.*'.repeat(60)}b`)], { x: value })).toBe('no');
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
