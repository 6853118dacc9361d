/** How the cost grows with the estate: measured at sizes ten times as large each. */
import { evaluate, knowledge, guides, observeOnly, asOf, summarise } from './program.ts';
import { Fleet, fleetSnapshot, fleetTexts } from './fleet.ts';
import { ratioOf, sampleOf, short, timesInTurns, type Result } from './measure.ts';

/** What was measured at one size, ms. */
export interface Point {
  readonly units: number;
  readonly findings: number;
  readonly parse: number;
  readonly audit: number;
  readonly change: number;
  /** Audit to parse, each at its quickest. */
  readonly ratio: number;
}

export function growthPoints(sizes: readonly number[]): readonly Point[] {
  return sizes.map((units) => pointAt(units, Math.max(3, Math.round(10_000 / units))));
}

function pointAt(units: number, rounds: number): Point {
  const texts = fleetTexts(units);
  let findings = 0;
  const works = {
    parse: () => {
      for (const text of texts) JSON.parse(text);
    },
    audit: () => {
      const found = evaluate(guides, fleetSnapshot(texts), { policy: observeOnly, knowledge }, asOf);
      findings = found.length;
      return summarise(found);
    },
  };
  const { parse, audit } = timesInTurns(works, rounds);
  const fleet = new Fleet(units);
  const changes = Array.from({ length: 40 }, () => fleet.change()).slice(10);
  return {
    units,
    findings,
    parse: sampleOf(parse).median,
    audit: sampleOf(audit).median,
    change: sampleOf(changes).median,
    ratio: ratioOf(audit, parse).least,
  };
}

/** The curve as lines of the table. */
export function growthResults(points: readonly Point[]): readonly Result[] {
  return points.map(({ units, findings, parse, audit, change, ratio }) => ({
    id: `growth-${units}`,
    what: `${units.toLocaleString('en')} units, ${findings.toLocaleString('en')} findings`,
    measured: `audit ${short(audit)} ms, ${short(ratio)} × JSON.parse; one change ${short(change)} ms`,
    budget: 'linear; flat',
    figures: { units, findings, parse, audit, change, ratio },
  }));
}
