import type { ControllerState, ModelState, Snapshot } from '../../src/core/snapshot.js';
import { statusOf } from '../support/generate-status.ts';
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
export const perModel = 100;

/** The statuses of a fleet, one text for each model. */
export function fleetTexts(units: number): readonly string[] {
  const models = Math.ceil(units / perModel);
  return Array.from({ length: models }, (_, n) =>
    JSON.stringify(statusOf({ applications: Math.min(units, perModel), model: `m${n}` })),
  );
}

/** One snapshot of them all. */
export function fleetSnapshot(texts: readonly string[]): Snapshot {
  const models: Record<string, ModelState> = {};
  let controller: ControllerState | undefined;
  for (const text of texts) {
    const read = readStatusText(text, { source: 'bench', at: takenAt }).controllers['prod']!;
    controller ??= read;
    Object.assign(models, read.models);
  }
  const controllers = { prod: { ...controller!, models } };
  return { kind: 'Snapshot', version: 'v1', takenAt, controllers };
}

/** A controller with models of a hundred units each, or one model with all, held by an incremental evaluation. */
export class Fleet {
  private readonly evaluation = new Evaluation(guides, observeOnly, knowledge);
  private snapshot: Snapshot;
  private readonly texts: readonly [string, string];
  private turn = 0;

  constructor(units: number, inModel = perModel) {
    const texts = Array.from({ length: Math.ceil(units / inModel) }, (_, n) =>
      changing(`m${n}`, inModel, false),
    );
    this.texts = [changing('m0', inModel, true), texts[0]!];
    this.snapshot = fleetSnapshot(texts);
    this.evaluation.update(this.snapshot, asOf);
  }

  get findings(): number {
    return this.evaluation.findings().length;
  }

  /** Exposes one application, or takes that back; returns the milliseconds from the bytes to the findings. */
  change(): number {
    const text = this.next();
    const begin = performance.now();
    this.take(modelFrom(text));
    this.judge();
    return performance.now() - begin;
  }

  /** The same in two parts: reading the status and laying it over what was known, and judging what changed. */
  changeInParts(): { readonly read: number; readonly judge: number } {
    const text = this.next();
    const begin = performance.now();
    this.take(modelFrom(text));
    const taken = performance.now();
    this.judge();
    return { read: taken - begin, judge: performance.now() - taken };
  }

  private next(): string {
    this.turn += 1;
    return this.texts[(this.turn - 1) % 2]!;
  }

  private judge(): void {
    const touched = this.evaluation.update(this.snapshot, asOf + this.turn);
    const findings = [...touched].flatMap((view) => this.evaluation.findingsOf(view));
    if (findings.length === 0) throw new Error('the change touched nothing');
  }

  private take(read: ModelState): void {
    const before = this.snapshot.controllers['prod']!;
    const models = { ...before.models, m0: share(before.models['m0'], read) };
    this.snapshot = { ...this.snapshot, controllers: { prod: { ...before, models } } };
  }
}

function changing(model: string, units: number, exposed: boolean): string {
  const status = statusOf({ applications: units, model });
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
