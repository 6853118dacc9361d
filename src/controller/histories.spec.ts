import { describe, expect, it } from '@jest/globals';
import { scriptedController } from '../../test/support/scripted-controller.js';
import { toyGuide } from '../../test/support/toy-guide.js';
import { controller, estate, knownFact, model } from '../../test/support/world.js';
import type { Finding } from '../core/finding.js';
import { observeOnly } from '../core/policy/policy.js';
import { defaultRails } from '../core/policy/rails.js';
import { findingId } from '../core/report/build.js';
import type { Operation, Snapshot } from '../core/snapshot.js';
import { instant, millis } from '../core/time.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { Estate } from './estate.js';
import { Histories } from './histories.js';

const begin = millis('2026-11-22T06:00:00Z');
const target = { kind: 'application', controller: 'prod', model: 'data', application: 'pg' } as const;
const [control] = toyGuide.controls;
if (control === undefined) throw new Error('the toy guide is empty');
const finding: Finding = {
  control,
  guide: toyGuide,
  target,
  judgement: {
    outcome: 'fail',
    reason: 'R',
    message: 'm',
    evidence: [{ source: 'api: X', observedAt: instant(begin), seen: 'a', wanted: 'b' }],
  },
  settings: { ...observeOnly.defaults, enabled: true, params: {}, rails: defaultRails, windows: [] },
  remedies: [],
  validUntil: Infinity,
};
const id = findingId(control.id, target);

function snapshotWith(operations: readonly Operation[], at: number): Snapshot {
  const data = model({ operations: { ...knownFact(operations), at: instant(at) } });
  return estate({ controllers: { prod: controller({ models: { data } }) } });
}

const operation: Operation = {
  id: '12',
  action: 'set-password',
  units: ['pg/0'],
  status: 'completed',
  enqueued: instant(begin - 2000),
  completed: instant(begin - 1000),
};

/** Histories of a model that can change, a second after the drift. */
function bench() {
  const clock = virtualClock(begin + 1000);
  const prod = scriptedController(snapshotWith([], begin - 60_000));
  const histories = new Histories({
    estate: new Estate([prod], { get: () => undefined }),
    clock,
    pace: () => ({ ...observeOnly.pace, slowFacts: 300 }),
    ours: () => [],
  });
  return {
    ...{ histories, clock },
    shows: (operations: readonly Operation[], readAt: number): void => {
      prod.show(snapshotWith(operations, readAt));
    },
    who: () => histories.of(id)?.drift?.who ?? '',
  };
}

describe('who made something drift', () => {
  it('is yet to be read at first, and named once it is', () => {
    const { histories, shows, who } = bench();
    histories.note({ type: 'drift', finding, lastGood: begin - 3000 });
    expect(who()).toContain('is yet to be read');
    shows([operation], begin + 4000);
    expect(who()).toContain('set-password on pg/0');
    expect(histories.of(id)?.drift?.operations).toEqual(['12']);
  });

  it('is nobody on the units when nothing more came up after the next reading', async () => {
    const { histories, clock, who } = bench();
    histories.note({ type: 'drift', finding, lastGood: begin - 3000 });
    await clock.advance(400_000);
    expect(who()).toContain('Nothing was run on units');
  });

  it('stays as it was known, when Juju has long forgotten it', async () => {
    const { histories, shows, clock, who } = bench();
    shows([operation], begin + 500);
    histories.note({ type: 'drift', finding, lastGood: begin - 3000 });
    await clock.advance(4_000_000);
    shows([], begin + 3_900_000);
    expect(who()).toContain('set-password on pg/0');
  });

  it('is no question where it was wrong from the beginning, or is right again', () => {
    const { histories } = bench();
    histories.note({ type: 'found', finding });
    expect(histories.of(id)).toEqual({ since: begin + 1000 });
    histories.note({ type: 'resolved', finding, seconds: 1, wasDrift: false });
    expect(histories.of(id)).toBeUndefined();
  });
});
