import { describe, expect, it, test } from '@jest/globals';
import { stringify } from 'yaml';
import { condition } from '../../../test/support/stack.js';
import { matchersIn } from './matchers.js';
import { routingIn } from './routing.js';

describe('conditions', () => {
  test.each<[string, readonly string[]]>([
    ['severity="critical"', ['severity=critical']],
    ['severity = critical', ['severity=critical']],
    ['{severity!="info", team=~"db|infra"}', ['severity!=info', 'team=~db|infra']],
    ['team!~"a,b"', ['team!~a,b']],
    ['"severity"="critical"', ['severity=critical']],
    ['x=""', ['x=']],
    ['', []],
    ['{}', []],
  ])('%s', (text, expected) => {
    expect(matchersIn(text)).toEqual(expected.map(condition));
  });

  it('are unquoted as they were written', () => {
    expect(matchersIn('x="say \\"hi\\" \\\\o"')[0]?.value).toBe('say "hi" \\o');
  });

  test.each(['severity', '=critical', 'a="b" c="d"', '{a="b"', `a="${'b'.repeat(3000)}"`])(
    'that are not understood are not guessed: %s',
    (text) => {
      expect(() => matchersIn(text)).toThrow('a condition that is not understood');
    },
  );
});

describe('routes', () => {
  const receivers = [
    { name: 'pager', pagerduty_configs: [{ routing_key: 'hunter2' }], email_configs: [{ to: 'a@b' }] },
    { name: 'empty', webhook_configs: [] },
    { name: 'placeholder' },
  ];
  const config = {
    global: { slack_api_url: 'https://hooks.example/hunter2' },
    route: {
      receiver: 'placeholder',
      matchers: ['ignored="at the root"'],
      routes: [
        { match: { severity: 'critical' }, receiver: 'pager', continue: true },
        { match_re: { team: 'db|infra' }, routes: [{ matchers: ['site="x"'], receiver: 'empty' }] },
      ],
    },
    receivers,
  };

  it('are read with the kinds of places that each receiver tells', () => {
    const { root, receivers: kinds } = routingIn(stringify(config));
    expect({ ...kinds }).toEqual({ pager: ['email', 'pagerduty'], empty: [], placeholder: [] });
    expect(root).toEqual({
      receiver: 'placeholder',
      matchers: [],
      goesOn: false,
      routes: [
        { receiver: 'pager', matchers: [condition('severity=critical')], goesOn: true, routes: [] },
        {
          receiver: 'placeholder',
          matchers: [condition('team=~db|infra')],
          goesOn: false,
          routes: [{ receiver: 'empty', matchers: [condition('site=x')], goesOn: false, routes: [] }],
        },
      ],
    });
  });

  it('keep no secret and no address', () => {
    expect(JSON.stringify(routingIn(stringify(config)))).not.toMatch(/hunter2|a@b|hooks/);
  });

  it('that are nested without end are not followed', () => {
    let route: object = { receiver: 'pager' };
    for (let depth = 0; depth < 30; depth += 1) route = { routes: [route] };
    expect(() => routingIn(stringify({ route, receivers }))).toThrow('nested too deep');
  });

  test.each(['', '- a', 'route: {receiver: x', 'receivers: []'])('are not guessed: %s', (text) => {
    expect(() => routingIn(text)).toThrow('in a form that is not known');
  });
});
