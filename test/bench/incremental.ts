import { Fleet, fleetTexts, perModel } from './fleet.ts';
import { ms, ratioOf, sampleOf, short, timesInTurns, type Result } from './measure.ts';

/** One application changes: from the bytes of its model's status to the new findings, in fleets of three sizes. */
export function incrementalResults(rounds: number, largest = 100_000): readonly Result[] {
  const [text = ''] = fleetTexts(perModel);
  const fleets = { few: new Fleet(perModel), many: new Fleet(largest) };
  const works = {
    parse: () => JSON.parse(text) as unknown,
    few: () => fleets.few.change(),
    many: () => fleets.many.change(),
  };
  timesInTurns(works, 40);
  const { parse, few, many } = timesInTurns(works, rounds);
  const units = largest.toLocaleString('en');
  return [
    costs('change-few', `one application changed, fleet of ${perModel} units, bytes to finding`, few),
    costs('change-many', `one application changed, fleet of ${units} units, bytes to finding`, many),
    grows(units, many, few),
    againstParsing(few, parse),
  ];
}

function costs(id: string, what: string, times: readonly number[]): Result {
  const sample = sampleOf(times);
  return {
    id,
    what,
    measured: ms(sample),
    budget: '≤ 5 ms',
    within: sample.median <= 5,
    figures: { sample },
  };
}

function grows(units: string, many: readonly number[], few: readonly number[]): Result {
  const ratio = ratioOf(many, few);
  return {
    id: 'change-growth',
    what: `the same: ${units} units against ${perModel}`,
    measured: `${short(ratio.median)} ×, least ${short(ratio.least)}`,
    budget: '≤ 2 ×',
    within: ratio.median <= 2,
    figures: { ratio },
  };
}

function againstParsing(few: readonly number[], parse: readonly number[]): Result {
  const ratio = ratioOf(few, parse);
  return {
    id: 'change-to-parse',
    what: 'the same, to JSON.parse of that model',
    measured: `${short(ratio.median)} ×, least ${short(ratio.least)}`,
    budget: 'none',
    figures: { ratio },
  };
}

/** One very large model: what follows once its answer was laid over the last one (`large-model.ts` measures that). */
export function largeModelResults(rounds: number, units = 10_000): readonly Result[] {
  const fleet = new Fleet(units, units);
  for (let run = 0; run < 4; run += 1) fleet.changeInParts();
  const parts = Array.from({ length: rounds }, () => fleet.changeInParts());
  const what = `one application changed in one model of ${units.toLocaleString('en')} units`;
  const judging = parts.map((part) => part.judge);
  return [costs('change-large-model', `${what}, from the changed fact on`, judging)];
}
