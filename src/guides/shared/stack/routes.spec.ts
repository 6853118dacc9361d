import { describe, expect, test } from '@jest/globals';
import { condition, route, routing } from '../../../../test/support/stack.js';
import type { AlertRoute } from '../../../core/observability/stack.js';
import type { Sure } from './label-matching.js';
import { reachesAnybody } from './routes.js';

const labels = { alertname: 'A', severity: 'critical' };
const to = (receiver: string, text: string, more: Partial<AlertRoute> = {}): AlertRoute =>
  route(receiver, [condition(text)], more);

describe('whom an alert reaches', () => {
  test.each<[string, Sure, string, readonly AlertRoute[]]>([
    ['the receiver at the root', 'yes', 'team', []],
    ['nobody, where that tells nobody', 'no', 'nobody', []],
    ['nobody, where the receiver is not there', 'no', 'gone', []],
    ['the receiver of a route that takes it', 'yes', 'nobody', [to('team', 'severity=critical')]],
    ['nobody, by a route that takes it away', 'no', 'team', [to('nobody', 'severity=critical')]],
    ['the root, past a route that does not take it', 'yes', 'team', [to('nobody', 'severity=info')]],
    [
      'the first route that takes it',
      'no',
      'team',
      [to('nobody', 'severity=critical'), to('team', 'alertname=A')],
    ],
    [
      'both, where the first goes on',
      'yes',
      'nobody',
      [to('nobody', 'severity=critical', { goesOn: true }), to('team', 'alertname=A')],
    ],
    [
      'nobody but those that took it, though the root would tell somebody',
      'no',
      'team',
      [to('nobody', 'severity=critical', { goesOn: true })],
    ],
    [
      'a route below a route',
      'yes',
      'nobody',
      [to('nobody', 'severity=critical', { routes: [to('team', 'alertname=A')] })],
    ],
    ['perhaps somebody, by a label that is not known', 'perhaps', 'nobody', [to('team', 'site=x')]],
    ['somebody either way', 'yes', 'team', [to('team', 'site=x')]],
    ['nobody either way', 'no', 'nobody', [to('nobody', 'site=x')]],
    [
      'perhaps, where it may be taken away before',
      'perhaps',
      'nobody',
      [to('nobody', 'site=x'), to('team', 'severity=critical')],
    ],
  ])('%s: %s', (_name, expected, receiver, routes) => {
    expect(reachesAnybody(routing(receiver, routes), labels)).toBe(expected);
  });

  test('is told at once, however many routes go on', () => {
    const routes = Array.from({ length: 300 }, (_one, n) => to('nobody', `label${n}=x`, { goesOn: true }));
    expect(reachesAnybody(routing('team', routes), labels)).toBe('perhaps');
  });
});
