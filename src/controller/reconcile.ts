/** One look at one place: read, probe, judge, decide, act, and say when to look again. */
import type { Finding } from '../core/finding.js';
import { plan, type Proposal } from '../core/plan.js';
import { findingId } from '../core/report/build.js';
import type { Clock, Log } from '../core/ports/index.js';
import type { ModelState } from '../core/snapshot.js';
import type { Pace } from '../core/policy/policy.js';
import { Absences } from './absences.js';
import type { Estate } from './estate.js';
import type { World } from '../core/rails/index.js';
import { placeOf, type Place } from './keys.js';
import type { Looker } from './looker.js';
import type { InsideBook } from './inside-book.js';
import type { ProbeBook } from './probe-book.js';
import type { Remediator } from './remediator.js';
import { Rereader } from './rereader.js';
import type { Result } from './runner.js';
import type { SettleWatch } from './settle.js';

export interface ReconcilerOptions {
  readonly estate: Estate;
  readonly looker: Looker;
  readonly probes: ProbeBook;
  /** Absent: no unit is looked into. */
  readonly inside?: InsideBook | undefined;
  readonly settle: SettleWatch;
  /** Absent: nothing is ever changed, plans are only shown. */
  readonly remediator?: Remediator | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly pace: () => Pace;
  /** Ids of the findings that plans may be about; all where absent. */
  readonly only?: ReadonlySet<string>;
  readonly onPlan: (key: string, proposal: Proposal | undefined) => void;
}

interface Parts extends ReconcilerOptions {
  readonly rereader: Rereader;
  readonly absences: Absences;
}

/** The function that the queue calls for each key. */
export function reconciler(options: ReconcilerOptions): (key: string) => Promise<Result> {
  const parts: Parts = { ...options, rereader: new Rereader(options), absences: new Absences() };
  return async (key) => {
    const place = placeOf(key);
    const fresh = await readAnew(key, place, parts);
    const world = worldAt(place, parts.estate);
    if (world === undefined) return leave(key, place, parts);
    parts.absences.clear(key);
    await probeUnits(key, place, parts);
    parts.looker.look();
    return soonest(await decide(key, place, { parts, fresh }), regular(parts));
  };
}

/** Before a change and while one is verified the place is read for it; otherwise its own poll is enough. */
async function readAnew(key: string, place: Place, { remediator, rereader, pace }: Parts): Promise<boolean> {
  if (remediator?.needsReading(key) !== true) return false;
  const pause = remediator.isVerifying(key) ? pace().verifyLook * 1000 : 0;
  return rereader.read(key, place, pause);
}

/** What stays away is forgotten, and no longer looked at unless it is heard of. */
async function leave(key: string, { controller, model }: Place, parts: Parts): Promise<Result> {
  const { absences, clock, pace, looker, onPlan, probes, settle, remediator, rereader } = parts;
  looker.look();
  onPlan(key, undefined);
  const grace = pace().maxAge * 1000;
  if (absences.note(key, clock.now()) < grace) return { requeueAfter: grace };
  absences.clear(key);
  rereader.forget(key);
  settle.forget(`${key}/`);
  if (model !== undefined) probes.keep({ controller, model }, {});
  parts.inside?.forget(key);
  await remediator?.abandon(key);
  return {};
}

async function probeUnits(key: string, place: Place, parts: Parts): Promise<void> {
  const model = worldAt(place, parts.estate)?.model;
  if (model === undefined || place.model === undefined) return;
  const at = { controller: place.controller, model: place.model };
  const force = parts.remediator?.isVerifying(key) === true;
  const now = parts.clock.now();
  for (const app of Object.values(model.applications)) parts.settle.observe(`${key}/${app.name}`, app, now);
  parts.probes.keep(at, model.applications);
  parts.inside?.ask(model);
  await Promise.all(Object.values(model.applications).map((app) => parts.probes.ask(at, app, force)));
}

async function decide(
  key: string,
  place: Place,
  { parts, fresh }: { parts: Parts; fresh: boolean },
): Promise<Result> {
  const { looker, remediator, estate, clock, only } = parts;
  const findings = looker.findingsAt(place);
  const wanted = only === undefined ? findings : findings.filter((finding) => only.has(idOf(finding)));
  const proposal = plan(wanted, clock.now()).find((candidate) => candidate.plan.target.model === place.model);
  parts.onPlan(key, proposal);
  const world = worldAt(place, estate);
  if (remediator === undefined || world === undefined) return {};
  const scene = { key, fresh, world, proposal, findings };
  return remediator.advance({ ...scene, effectOf: (finding) => looker.effectOf(finding) });
}

function idOf({ control, target }: Finding): string {
  return findingId(control.id, target);
}

/** Undefined when the place is not there. */
function worldAt(place: Place, estate: Estate): World | undefined {
  const controller = estate.api(place.controller)?.current();
  if (controller === undefined || place.model === undefined) return controller && { controller };
  const model: ModelState | undefined = controller.models[place.model];
  return model && { controller, model };
}

/** Even when nothing happens, every place is looked at again: a missed event costs one such interval. */
function regular({ looker, pace }: Parts): Result {
  const resync = pace().probe * 1000;
  return { requeueAfter: Math.min(resync, looker.untilExpiry() ?? resync) };
}

function soonest(a: Result, b: Result): Result {
  const due = Math.min(a.requeueAfter ?? Infinity, b.requeueAfter ?? Infinity);
  return Number.isFinite(due) ? { requeueAfter: due } : {};
}
