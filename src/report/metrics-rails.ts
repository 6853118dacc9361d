/** What holds changes back, and what waits for persons. */
import type { DaemonView, HeldStep } from '../core/ports/index.js';
import { railNames } from '../core/rails/rail.js';
import { nameLabel } from './metrics-labels.js';
import type { Sample, Sampled } from './metrics-sampled.js';

export function railMetrics(): readonly Sampled[] {
  return [
    {
      name: 'journal_ok',
      help: '1 while the journal can be relied on; nothing is changed otherwise.',
      labelNames: [],
      read: (view) => single(Number(view.journal().state === 'ok')),
    },
    {
      name: 'rail_holds',
      help: 'Steps that a safety rail holds back at present; several may hold the same step.',
      labelNames: ['rail'],
      read: (view) => {
        const held = view.held();
        return railNames.map((rail) => ({
          labels: { rail },
          value: held.filter((one) => one.rail === rail).length,
        }));
      },
    },
    {
      name: 'quarantines',
      help: 'Findings that are left alone until a person clears them.',
      labelNames: [],
      read: (view) => single(view.quarantines().length),
    },
    {
      name: 'pauses',
      help: 'Pauses of changes that are in force.',
      labelNames: [],
      read: (view) => single(view.pauses().length),
    },
    {
      name: 'approvals_waiting',
      help: 'Plans of which a step waits for a person to approve it.',
      labelNames: [],
      read: (view) => single(new Set(view.held().filter(waitsForApproval).map(planOf)).size),
    },
    {
      name: 'breaker_open',
      help: '1 while nothing is changed in a model because changes failed; without a model: on the controller itself.',
      labelNames: ['controller', 'target_model'],
      read: breakers,
    },
  ];
}

function single(value: number): readonly Sample[] {
  return [{ labels: {}, value }];
}

function waitsForApproval({ first, state, reason }: HeldStep): boolean {
  return first && state === 'WaitingApproval' && reason !== 'PlanDenied';
}

function planOf({ planHash }: HeldStep): string {
  return planHash;
}

/** Of every place that is followed, so that an alert resolves. */
function breakers(view: DaemonView): readonly Sample[] {
  const open = new Set(
    view.held().flatMap(({ rail, target }) => (rail === 'breaker' ? [placeKey(target)] : [])),
  );
  const places = view
    .health()
    .flatMap(({ controller, models }) => [
      { controller },
      ...models.map(({ model }) => ({ controller, model })),
    ]);
  return places.map((place: Place) => ({
    labels: { controller: nameLabel(place.controller ?? ''), target_model: nameLabel(place.model ?? '') },
    value: Number(open.has(placeKey(place))),
  }));
}

interface Place {
  readonly controller?: string;
  readonly model?: string;
}

function placeKey({ controller, model }: Place): string {
  return JSON.stringify([controller, model]);
}
