import { InputError } from '../input-error.js';
import { hashOf } from '../plan.js';
import type { AuditEntry, Journal, Pause } from '../ports/index.js';
import { clean, listed, second } from '../text.js';
import { instant, millis } from '../time.js';
import { momentOf, spanOf } from './moments.js';
import type { Saying } from './saying.js';

export interface PauseRequest {
  /** Absent: everything. */
  readonly controller?: string | undefined;
  readonly model?: string | undefined;
  /** How long, as in `2h`; until it is lifted where neither is given. */
  readonly for?: string | undefined;
  /** Until when, as in `2026-11-22T08:00:00Z`. */
  readonly until?: string | undefined;
}

/** Keeps the daemon from changing anything, everywhere or in one place. @throws InputError */
export async function pause(journal: Journal, request: PauseRequest, saying: Saying): Promise<Pause> {
  const made = pauseOf(request, saying);
  await journal.write({ type: 'pause', pause: made }, { type: 'audit', entry: entryOf(made, saying) });
  return made;
}

function pauseOf(request: PauseRequest, saying: Saying): Pause {
  const { by, now, reason } = saying;
  const said = {
    ...placeOf(request, saying),
    by,
    at: instant(now),
    ...untilOf(request, saying),
    ...(reason === undefined ? {} : { reason }),
  };
  return { id: `p-${hashOf(said).slice(0, 10)}`, ...said };
}

function placeOf(
  { controller, model }: PauseRequest,
  { called }: Saying,
): Pick<Pause, 'controller' | 'model'> {
  return {
    ...(controller === undefined ? {} : { controller: named(controller, called('controller')) }),
    ...(model === undefined ? {} : { model: named(model, called('model')) }),
  };
}

/** A pattern would look as if it worked. */
function named(name: string, what: string): string {
  if (/^[\w.+-]+$/.test(name)) return name;
  throw new InputError(`${what}: "${clean(name)}" is no name; patterns are not known here`);
}

function untilOf({ until, for: span }: PauseRequest, { now, called }: Saying): Pick<Pause, 'until'> {
  if (until !== undefined && span !== undefined)
    throw new InputError(`${called('for')} and ${called('until')} say the same: give one of them`);
  if (span !== undefined) return { until: instant(now + spanOf(span, called('for')) * 1000) };
  if (until === undefined) return {};
  const end = momentOf(until, called('until'));
  if (end <= now) throw new InputError(`${called('until')}: ${until} is over already: name a later time`);
  return { until: instant(end) };
}

function entryOf(made: Pause, { via }: Saying): AuditEntry {
  const { id, controller, model, until, at, by, reason } = made;
  const place = {
    ...(controller === undefined ? {} : { controller }),
    ...(model === undefined ? {} : { model }),
  };
  const body = { pause: id, ...place, ...(until === undefined ? {} : { until }) };
  return {
    at,
    actor: by,
    event: 'Paused',
    why: reason ?? `${by} paused ${pausedPlace(made)}`,
    body: via === undefined ? body : { ...body, via },
  };
}

/** Whether a pause is in force at a moment (ms). */
export function isInForce({ until }: Pause, now: number): boolean {
  return until === undefined || millis(until) > now;
}

/** `changes on prod, model data, by anna since … until …: why`. */
export function pauseText({ by, at, until, reason, ...place }: Pause): string {
  const end = until === undefined ? 'until it is lifted' : `until ${second(until)}`;
  const because = reason === undefined ? '' : `: ${reason}`;
  return clean(`${pausedPlace(place)}, by ${by} since ${second(at)} ${end}${because}`);
}

/** `all changes`, `changes on prod, model data`. */
export function pausedPlace({ controller, model }: Pick<Pause, 'controller' | 'model'>): string {
  const places = [controller, model === undefined ? undefined : `model ${model}`].filter(
    (place) => place !== undefined,
  );
  return places.length === 0 ? 'all changes' : `changes on ${listed(places, 2)}`;
}
