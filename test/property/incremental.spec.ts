import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadKnowledge } from '../../src/config/knowledge.js';
import type { Guide } from '../../src/core/control.js';
import { Evaluation } from '../../src/core/evaluate/evaluation.js';
import { evaluate } from '../../src/core/evaluate/index.js';
import type { Finding } from '../../src/core/finding.js';
import { plan } from '../../src/core/plan.js';
import { observeOnly, type Policy } from '../../src/core/policy/policy.js';
import { buildReport } from '../../src/core/report/build.js';
import { share } from '../../src/core/share.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { instant } from '../../src/core/time.js';
import { guides } from '../../src/guides/index.js';
import { aChange, anEstate, snapshotOf, today, type Change, type Estate } from './estates.js';
import { ownGuide } from './own-controls.js';
import { toyGuides } from './toy-guides.js';

const hour = 3_600_000;
const knowledge = loadKnowledge();

/** Modes that differ by place, a control switched off, and waivers that end while the estate is watched. */
const policy: Policy = {
  ...observeOnly,
  defaults: { ...observeOnly.defaults, mode: 'propose' },
  rules: [
    { match: { controller: 'lab' }, mode: 'observe' },
    { match: { model: 'constructor', control: '*-02' }, enabled: false },
    { match: { application: 'k*', control: 'TOY-01' }, params: { wanted: 'blocked' } },
  ],
  waivers: [
    waiver('soon', { control: 'TOY-0?', model: 'data' }, 5 * hour),
    waiver('later', { control: 'ETCD-*' }, 300 * hour),
    waiver('past', { application: 'ca' }, -hour),
    { ...waiver('mitigated', { control: 'TOY-0?' }, 400 * hour), kind: 'mitigated', compensatedBy: 'TOY-03' },
    {
      ...waiver('by age', { control: 'JUJU-*' }, 400 * hour),
      kind: 'mitigated',
      compensatedBy: 'JUJU-USER-03',
    },
  ],
  attestations: [
    {
      id: 'a',
      match: { control: '*' },
      statement: 'done',
      owner: 'test',
      attested: instant(today + 2 * hour),
      expires: instant(today + 30 * hour),
    },
  ],
};

function waiver(
  id: string,
  match: Policy['waivers'][number]['match'],
  after: number,
): Policy['waivers'][number] {
  return { id, kind: 'waived', match, reason: 'test', owner: 'test', expires: instant(today + after) };
}

interface Step {
  readonly changes: readonly Change[];
  /** Hours that pass before it. */
  readonly hours: number;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ changes: fc.array(aChange, { maxLength: 3 }), hours: fc.constantFrom(0, 0, 1, 24, 720) }),
  { maxLength: 12 },
);

/** All that the outside sees of findings: a line for the summary, each finding and each plan. */
function shown(findings: readonly Finding[], asOf: number): string[] {
  const source = { road: 'api', name: 'test', takenAt: instant(asOf) };
  const report = buildReport({ findings, policy, source, toolVersion: '0', asOf, all: true });
  const plans = plan(findings, asOf).map((proposal) => proposal.plan);
  return [report.summary, ...report.findings, ...plans].map((part) => JSON.stringify(part));
}

function difference(one: readonly string[], other: readonly string[]): unknown {
  const index = Array.from({ length: Math.max(one.length, other.length) }).findIndex(
    (_, n) => one[n] !== other[n],
  );
  return index < 0 ? undefined : { incremental: one[index], full: other[index] };
}

function walk(guidesUsed: readonly Guide[], start: Estate, way: readonly Step[]): void {
  const incremental = new Evaluation(guidesUsed, policy, knowledge);
  let described = start;
  let snapshot: Snapshot | undefined;
  let asOf = today;
  for (const { changes, hours } of [{ changes: [], hours: 0 }, ...way]) {
    asOf += hours * hour;
    described = changes.reduce((estate, change) => change.apply(estate), described);
    snapshot = share(snapshot, snapshotOf(described, asOf));
    incremental.update(snapshot, asOf);
    const full = evaluate(guidesUsed, snapshot, { policy, knowledge }, asOf);
    expect(difference(shown(incremental.findings(), asOf), shown(full, asOf))).toBeUndefined();
  }
}

describe('incremental evaluation', () => {
  it('gives the same report and plans as a full one after any changes, with guides that read in every way', () => {
    fc.assert(
      fc.property(anEstate, steps, (start, way) => {
        walk(toyGuides, start, way);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same report and plans as a full one after any changes, with custom controls', () => {
    fc.assert(
      fc.property(anEstate, steps, (start, way) => {
        walk([ownGuide], start, way);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same report and plans as a full one after any changes, with the real guides', () => {
    fc.assert(
      fc.property(anEstate, steps, (start, way) => {
        walk(guides, start, way);
      }),
      { numRuns: 60 },
    );
  });

  it('judges nothing again when nothing changed and no time ran out', () => {
    fc.assert(
      fc.property(anEstate, (start) => {
        const evaluation = new Evaluation(guides, policy, knowledge);
        const snapshot = snapshotOf(start, today);
        evaluation.update(snapshot, today);
        const again = share(snapshot, snapshotOf(start, today + 1));
        expect(evaluation.update(again, Math.min(today + 1, evaluation.expiry() - 1)).size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('plans', () => {
  it('have the same hash whenever they are made from the same estate', () => {
    fc.assert(
      fc.property(anEstate, (start) => {
        const hashes = [today, today + 1000].map((asOf) => {
          const found = evaluate(
            [...toyGuides, ...guides],
            snapshotOf(start, today),
            { policy, knowledge },
            asOf,
          );
          return plan(found, asOf).map((proposal) => proposal.plan.hash);
        });
        expect(hashes[1]).toEqual(hashes[0]);
      }),
      { numRuns: 60 },
    );
  });
});
