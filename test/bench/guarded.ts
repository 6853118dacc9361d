/** The ratios that must not grow: each measured against `JSON.parse` or against itself at another size, in one run. */
import { asOf, audit, auditToJson, evaluate, Evaluation, guides, knowledge, observeOnly } from './program.ts';
import { Fleet, fleetSnapshot, fleetTexts, perModel } from './fleet.ts';
import { ratioOf, timesInTurns } from './measure.ts';
import { generateStatus } from '../support/generate-status.ts';

export type Ratios = Readonly<Record<string, number>>;

/** Of each work the quickest run counts: that is what noise moves least. */
export function guardedRatios(): Ratios {
  return { ...audits(), ...changes(), ...sizes(), ...memory() };
}

function audits(): Ratios {
  const text = generateStatus({ applications: 500 });
  const snapshot = fleetSnapshot([text]);
  const works = {
    parse: () => JSON.parse(text) as unknown,
    audit: () => audit(text),
    judge: () => evaluate(guides, snapshot, { policy: observeOnly, knowledge }, asOf),
    toJson: () => auditToJson(text),
  };
  timesInTurns(works, 30);
  const { parse, audit: whole, judge, toJson } = timesInTurns(works, 120);
  return {
    'judging 500 applications to JSON.parse': ratioOf(judge, parse).least,
    'audit of 500 applications to JSON.parse': ratioOf(whole, parse).least,
    'the same with its report as JSON': ratioOf(toJson, parse).least,
  };
}

function changes(): Ratios {
  const [text = ''] = fleetTexts(perModel);
  const [few, many] = [new Fleet(perModel), new Fleet(5000)];
  const works = {
    parse: () => JSON.parse(text) as unknown,
    few: () => few.change(),
    many: () => many.change(),
  };
  timesInTurns(works, 20);
  const times = timesInTurns(works, 60);
  return {
    'one change in a fleet of 100 units to JSON.parse of the model': ratioOf(times.few, times.parse).least,
    'the same in a fleet of 5,000 units': ratioOf(times.many, times.parse).least,
  };
}

function sizes(): Ratios {
  const [small, large] = [fleetTexts(500), fleetTexts(4000)];
  const judge = (texts: readonly string[]) => () =>
    new Evaluation(guides, observeOnly, knowledge).update(fleetSnapshot(texts), asOf);
  const works = { small: judge(small), large: judge(large) };
  timesInTurns(works, 2);
  const times = timesInTurns(works, 6);
  return { 'judging 4,000 units to judging 500': ratioOf(times.large, times.small).least };
}

/** Needs --expose-gc. */
function memory(): Ratios {
  const texts = fleetTexts(2000);
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  const before = heapUsed();
  const evaluation = new Evaluation(guides, observeOnly, knowledge);
  evaluation.update(fleetSnapshot(texts), asOf);
  const kept = heapUsed() - before;
  if (evaluation.findings().length === 0) throw new Error('nothing was judged');
  return { 'memory of 2,000 judged units to the bytes of their statuses': kept / bytes };
}

function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
