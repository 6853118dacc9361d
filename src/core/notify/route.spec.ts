import { describe, expect, it, test } from '@jest/globals';
import { alertNamed, notifyPolicy, webhookNamed } from '../../../test/support/notify-samples.js';
import type { FixableBy } from '../outcome.js';
import type { NotifyMatch } from '../policy/notify.js';
import type { Alert } from './alert.js';
import { router } from './route.js';

describe('who is told', () => {
  const targets = [webhookNamed('pager'), webhookNamed('chat')];
  const to = (match: NotifyMatch, alert: Alert): readonly string[] => [
    ...router({ targets, routes: [{ match, to: ['pager'] }] })(alert),
  ];

  test.each<[string, NotifyMatch, Partial<Alert>, boolean]>([
    ['one as grave', { severity: 'high' }, { severity: 'high' }, true],
    ['one graver', { severity: 'high' }, { severity: 'critical' }, true],
    ['not one less grave', { severity: 'high' }, { severity: 'medium' }, false],
    ['one of a guide', { guide: 'charmed-*' }, {}, true],
    ['not one of another guide', { guide: 'kafka' }, {}, false],
    ['one in a model', { model: 'da?a' }, {}, true],
    [
      'not one that has no model, where a model is named',
      { model: '*' },
      { target: { kind: 'controller', controller: 'prod' } },
      false,
    ],
    ['one of a kind', { about: ['finding', 'blind'] }, {}, true],
    ['not one of another kind', { about: ['blind'] }, {}, false],
  ])('tells of %s', (_what, match, more, expected) => {
    expect(to(match, alertNamed('a', more))).toEqual(expected ? ['pager'] : []);
  });

  test.each<[FixableBy, boolean]>([
    ['operator', true],
    ['cloud', true],
    ['charm', false],
    ['none', false],
  ])('what %s can put right calls somebody: %s', (fixableBy, expected) => {
    expect(to({}, alertNamed('a', { fixableBy }))).toEqual(expected ? ['pager'] : []);
  });

  it('tells every target of a route that fits once, and all of medium or graver where there are no routes', () => {
    const routes = [
      { match: {}, to: ['chat'] },
      { match: { severity: 'high' } as const, to: ['chat', 'pager'] },
    ];
    expect([...router({ targets, routes })(alertNamed('a'))]).toEqual(['chat', 'pager']);
    const without = router(notifyPolicy({ targets }));
    expect([...without(alertNamed('a', { severity: 'medium' }))]).toEqual(['pager', 'chat']);
    expect([...without(alertNamed('a', { severity: 'low' }))]).toEqual([]);
  });
});
