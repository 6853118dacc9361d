import { describe, expect, test } from '@jest/globals';
import { ago, at, restart, said, scene } from '../../../test/support/rails.js';
import type { Pause } from '../ports/index.js';
import { instant } from '../time.js';
import { pause } from './pause.js';

const step = restart();
const soon = instant(at + 60_000);

function verdict(...pauses: Partial<Pause>[]) {
  const whole = pauses.map((one, n) => ({ id: `p${n}`, by: 'ann', at: ago(5), ...one }));
  return pause(step, scene({ steps: [step], orders: { pauses: whole } }));
}

describe('a pause', () => {
  test.each<[string, Partial<Pause>, string]>([
    ['of everything holds', {}, 'WaitingDependency Paused'],
    ['of the controller holds', { controller: 'prod' }, 'WaitingDependency Paused'],
    ['of the model holds', { controller: 'prod', model: 'data' }, 'WaitingDependency Paused'],
    ['of another model does not', { controller: 'prod', model: 'cos' }, '- not paused'],
    ['of another controller does not', { controller: 'lab' }, '- not paused'],
    ['that is over does not', { until: instant(at) }, '- not paused'],
    ['that is not over holds', { until: soon }, 'WaitingDependency Paused'],
  ])('%s', (_name, given, expected) => {
    expect(said(verdict(given))).toBe(expected);
  });

  test('says who, why and until when', () => {
    const { hold } = verdict({ until: soon, reason: 'a move of the data centre' });
    expect(hold).toMatchObject({
      message: `ann paused all changes here until ${soon}: a move of the data centre`,
      until: at + 60_000,
    });
  });

  test('without an end or a reason says neither', () => {
    expect(verdict({}).hold?.message).toBe('ann paused all changes here until it is lifted');
  });

  test('that has no end is not lifted by time, whatever else ends', () => {
    expect(verdict({ until: soon }, {}).hold).not.toHaveProperty('until');
  });

  test('ends with the last of several', () => {
    expect(verdict({ until: soon }, { until: instant(at + 120_000) }).hold?.until).toBe(at + 120_000);
  });
});
