import type { ControllerState, ModelState, Snapshot } from '../../src/core/snapshot.js';
import { statusOf } from '../support/generate-status.ts';
import { inTurns, ms, sampleOf, type Result, type Sample } from './measure.ts';
import {
  asOf,
  Evaluation,
  guides,
  knowledge,
  observeOnly,
  readStatusText,
  share,
  takenAt,
} from './program.ts';

/** Units in one model of the fleet. */
const perModel = 100;

/** One application changes: from the bytes of its model's status to the new findings, in fleets of two sizes. */
export function incrementalResults(): readonly Result[] {
  const small = new Fleet(100);
  const large = new Fleet(10_000);
  inTurns({ small: () => small.change(), large: () => large.change() }, 40);
  const times = Array.from({ length: 200 }, () => [small.change(), large.change()] as const);
  const [at100, at10k] = [sampleOf(times.map(([few]) => few)), sampleOf(times.map(([, many]) => many))];
  return [
    ...[at100, at10k].map((sample, index) => costs(index === 0 ? '100' : '10,000', sample)),
    grows(at100, at10k),
  ];
}

function costs(units: string, sample: Sample): Result {
  return {
    what: `one application changed, fleet of ${units} units, bytes to finding`,
    measured: ms(sample),
    budget: '≤ 5 ms',
    within: sample.median <= 5,
    figures: { sample },
  };
}

function grows(at100: Sample, at10k: Sample): Result {
  const times = at10k.median / at100.median;
  return {
    what: 'the same: 10,000 units against 100',
    measured: `${times.toFixed(2)} ×`,
    budget: '≤ 2 ×',
    within: times <= 2,
    figures: { times },
  };
}

/** A controller with models of a hundred units each, held by an incremental evaluation. */
class Fleet {
  private readonly evaluation = new Evaluation(guides, observeOnly, knowledge);
  private snapshot: Snapshot;
  private readonly texts: readonly [string, string];
  private turn = 0;

  constructor(units: number) {
    const models: Record<string, ModelState> = {};
    for (let n = 0; n < units / perModel; n += 1) models[`m${n}`] = modelFrom(statusText(`m${n}`, false));
    this.texts = [statusText('m0', true), statusText('m0', false)];
    const { controllers } = readStatusText(this.texts[0], { source: 'bench', at: takenAt });
    const controller: ControllerState = { ...controllers['prod']!, models };
    this.snapshot = { kind: 'Snapshot', version: 'v1', takenAt, controllers: { prod: controller } };
    this.evaluation.update(this.snapshot, asOf);
  }

  /** Exposes one application, or takes that back; returns the milliseconds from the bytes to the findings. */
  change(): number {
    const text = this.texts[this.turn % 2]!;
    this.turn += 1;
    const begin = performance.now();
    this.take(modelFrom(text));
    const touched = this.evaluation.update(this.snapshot, asOf + this.turn);
    const findings = [...touched].flatMap((view) => this.evaluation.findingsOf(view));
    const elapsed = performance.now() - begin;
    if (findings.length === 0) throw new Error('the change touched nothing');
    return elapsed;
  }

  private take(read: ModelState): void {
    const before = this.snapshot.controllers['prod']!;
    const models = { ...before.models, m0: share(before.models['m0'], read) };
    this.snapshot = { ...this.snapshot, controllers: { prod: { ...before, models } } };
  }
}

function statusText(model: string, exposed: boolean): string {
  const status = statusOf({ applications: perModel, model });
  const applications = status['applications'] as Record<string, { exposed: boolean }>;
  const etcd = applications['etcd-g3x'];
  if (etcd === undefined) throw new Error('no such application');
  etcd.exposed = exposed;
  return JSON.stringify(status);
}

function modelFrom(text: string): ModelState {
  const { controllers } = readStatusText(text, { source: 'bench', at: takenAt });
  const [model] = Object.values(controllers['prod']?.models ?? {});
  if (model === undefined) throw new Error('the status holds no model');
  return model;
}
