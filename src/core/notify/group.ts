/** Puts changes together into messages: one for each place where there are few, one for all where there are many. */
import { instant } from '../time.js';
import { byGravity, type Alert, type EndedAlert } from './alert.js';
import { countsOf, listed, type Message, type MessageSort } from './message.js';

export interface Changes {
  readonly firing: readonly Alert[];
  readonly resolved: readonly EndedAlert[];
}

export interface Envelope {
  readonly newId: () => string;
  /** ms. */
  readonly now: number;
  readonly unit?: string;
  /** Whether the target hears of it for the first time. */
  readonly isFirst: boolean;
}

/** More places, or more alerts, than that come as one summary. */
const mostPlaces = 3;
const mostAlerts = 20;

/** Pure but for the ids; no message for no change. */
export function messagesOf(changes: Changes, envelope: Envelope): readonly Message[] {
  const all = [...changes.firing, ...changes.resolved];
  if (all.length === 0) return [];
  const places = [...new Set(all.map(placeOf))].sort();
  if (envelope.isFirst && changes.firing.length > 1) return [messageOf('begin', changes, envelope)];
  if (places.length > mostPlaces || all.length > mostAlerts) return [messageOf('summary', changes, envelope)];
  return places.map((place) => messageOf('changes', at(place, changes), envelope));
}

export function messageOf(
  sort: MessageSort,
  { firing, resolved }: Changes,
  { newId, now, unit }: Pick<Envelope, 'newId' | 'now' | 'unit'>,
): Message {
  return {
    id: newId(),
    sort,
    at: instant(now),
    firing: [...firing].sort(byGravity).slice(0, listed),
    resolved: [...resolved].sort(byGravity).slice(0, listed),
    counts: countsOf(firing, resolved),
    ...(unit === undefined ? {} : { unit }),
  };
}

function at(place: string, { firing, resolved }: Changes): Changes {
  return {
    firing: firing.filter((alert) => placeOf(alert) === place),
    resolved: resolved.filter((alert) => placeOf(alert) === place),
  };
}

function placeOf({ target: { controller, model } }: Alert): string {
  return JSON.stringify([controller ?? '', model ?? '']);
}
