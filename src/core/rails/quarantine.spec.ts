import { describe, expect, test } from '@jest/globals';
import { ago, finding, restart, said, scene } from '../../../test/support/rails.js';
import type { Quarantine } from '../ports/index.js';
import { quarantine } from './quarantine.js';

const target = { kind: 'application', controller: 'prod', model: 'data', application: 'etcd' } as const;
const base: Quarantine = {
  id: 'q',
  control: 'TOY-01',
  target,
  reason: 'AttemptsExhausted',
  message: '5 attempts: no answer',
  since: ago(60),
};

function verdict(given: Partial<Quarantine>, step = restart()) {
  return quarantine(step, scene({ steps: [step], orders: { quarantines: [{ ...base, ...given }] } }));
}

describe('a quarantine', () => {
  test.each<[string, Partial<Quarantine>, string]>([
    ['of the control on the application holds', {}, 'Quarantined AttemptsExhausted'],
    ['of another control does not', { control: 'TOY-02' }, '- not in quarantine'],
    [
      'on another application does not',
      { target: { ...target, application: 'kafka' } },
      '- not in quarantine',
    ],
    [
      'on the whole model holds',
      { target: { kind: 'model', controller: 'prod', model: 'data' } },
      'Quarantined AttemptsExhausted',
    ],
    [
      'on the application in another model does not',
      { target: { ...target, model: 'cos' } },
      '- not in quarantine',
    ],
    [
      'on one unit does not hold the application',
      { target: { ...target, unit: 'etcd/0' } },
      '- not in quarantine',
    ],
    ['on another controller does not', { target: { ...target, controller: 'lab' } }, '- not in quarantine'],
    ['on one thing of it does not hold it all', { target: { ...target, name: 'x' } }, '- not in quarantine'],
    [
      'on one user does not hold the application',
      { target: { ...target, user: 'bob' } },
      '- not in quarantine',
    ],
  ])('%s', (_name, given, expected) => {
    expect(said(verdict(given))).toBe(expected);
  });

  test('of one user does not hold the step against another', () => {
    const about = (user: string) => ({ kind: 'user', controller: 'prod', user }) as const;
    const step = restart('etcd', { findings: [finding({ target: { ...about('carol') } })] });
    expect(said(verdict({ target: about('bob') }, step))).toBe('- not in quarantine');
  });

  test('holds a step for several controls when one of them is in it', () => {
    const step = restart('etcd', { findings: [finding({ control: 'TOY-09' }), finding()] });
    expect(said(verdict({}, step))).toBe('Quarantined AttemptsExhausted');
  });

  test('says since when and why', () => {
    expect(verdict({}).hold?.message).toBe(
      `TOY-01 on prod:data/etcd is left alone since ${ago(60)} until a person clears it: 5 attempts: no answer`,
    );
  });
});
