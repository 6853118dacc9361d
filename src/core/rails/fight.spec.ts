import { describe, expect, test } from '@jest/globals';
import { at, finding, mark, restart, said, scene } from '../../../test/support/rails.js';
import type { Mark } from '../ports/index.js';
import { findingId } from '../report/build.js';
import { fight } from './fight.js';

const step = restart('etcd', { rails: { flips: 2, flipWindow: 86_400 } });
const id = findingId('TOY-01', finding().target);

function verdict(marks: readonly Mark[]) {
  return fight(step, scene({ steps: [step], marks }));
}

function story(kinds: readonly Mark['kind'][], more: Partial<Mark> = {}): readonly Mark[] {
  return kinds.map((kind, n) => mark(kind, 10 * (kinds.length - n), more));
}

const quiet = '- nobody undoes it';
const fought = 'Quarantined FoughtOver';

describe('a fight', () => {
  test.each<[string, readonly Mark[], string]>([
    ['is none when it came back once', story(['drift', 'fixed', 'drift']), quiet],
    [
      'is named when it came back twice after it was put right',
      story(['fixed', 'drift', 'fixed', 'drift']),
      fought,
    ],
    [
      'is none when it drifted again and again and was never put right',
      story(['drift', 'drift', 'drift']),
      quiet,
    ],
    ['is told from drift that is seen twice', story(['fixed', 'drift', 'drift', 'drift']), quiet],
    [
      'is found whatever the order of the marks',
      [...story(['fixed', 'drift', 'fixed', 'drift'])].reverse(),
      fought,
    ],
    [
      'of another control is none of this step',
      story(['fixed', 'drift', 'fixed', 'drift'], { control: 'X' }),
      quiet,
    ],
    [
      'in another model is none of this step',
      story(['fixed', 'drift', 'fixed', 'drift'], { model: 'cos' }),
      quiet,
    ],
    [
      'is forgotten as soon as the window is over',
      [mark('fixed', 1500), mark('drift', 1440), mark('fixed', 20), mark('drift', 10)],
      quiet,
    ],
    [
      'elsewhere is none of this step',
      story(['fixed', 'drift', 'fixed', 'drift'], { application: 'kafka' }),
      quiet,
    ],
    ['is known by the finding', story(['fixed', 'drift', 'fixed', 'drift'], { finding: id }), fought],
    [
      'about another user of the same place is none of this finding',
      story(['fixed', 'drift', 'fixed', 'drift'], { finding: 'f2' }),
      quiet,
    ],
    [
      'is over when a person cleared it',
      [...story(['fixed', 'drift', 'fixed', 'drift'], { finding: id }), mark('cleared', 1, { finding: id })],
      quiet,
    ],
    [
      'is forgotten after the window',
      [mark('fixed', 3000), mark('drift', 2000), mark('fixed', 20), mark('drift', 10)],
      quiet,
    ],
  ])('%s', (_name, marks, expected) => {
    expect(said(verdict(marks))).toBe(expected);
  });

  test('is told after a single return where the policy lets none pass', () => {
    const one = restart('etcd', { rails: { flips: 1, flipWindow: 86_400 } });
    const { hold } = fight(one, scene({ steps: [one], marks: story(['fixed', 'drift']) }));
    expect(hold?.message).toContain('came back once within 24h');
  });

  test('is told as two parties who undo each other, until the first of them leaves the window', () => {
    const { hold } = verdict(story(['fixed', 'drift', 'fixed', 'drift']));
    expect(hold?.message).toBe(
      'TOY-01 on prod:data/etcd came back 2 times within 24h after Holdfast put it right: somebody else undoes it. Settle who decides, then clear it',
    );
    expect(hold?.until).toBe(at - 30 * 60_000 + 86_400_000);
  });
});
