/** Follows each finding from one look to the next: what was as required and no longer is, is drift. */
import type { Finding } from '../core/finding.js';
import { isViolation } from '../core/outcome.js';
import { targetKey } from '../core/target.js';

/** A change worth telling. */
export type DriftEvent =
  | { readonly type: 'found'; readonly finding: Finding }
  | {
      readonly type: 'drift';
      readonly finding: Finding;
      /** When it was last judged to be as required, ms. */
      readonly lastGood: number;
    }
  | {
      readonly type: 'resolved';
      /** As it is now; as it last was where the control no longer speaks of its target. */
      readonly finding: Finding;
      readonly seconds: number;
      readonly wasDrift: boolean;
    };

/** A violation that is open. */
interface Open {
  readonly finding: Finding;
  /** When it was first seen, ms. */
  readonly since: number;
  readonly drift: boolean;
}

/** What one control said of one place. */
interface Trail {
  open: Map<string, Open>;
  /** Whom the control never judged: it could not look, or did not apply. What fails there for the first time is no drift. */
  unseen: ReadonlySet<string>;
  /** When the control was last judged here, ms. */
  judged: number;
}

export class DriftWatch {
  private readonly places = new Map<string, Map<string, Trail>>();

  /** Takes all present findings of one place and says what changed. `now` in ms. */
  observe(place: string, findings: readonly Finding[], now: number): readonly DriftEvent[] {
    const trails = this.places.get(place) ?? new Map<string, Trail>();
    this.places.set(place, trails);
    const groups = byControl(findings);
    const silent = [...trails.keys()].filter((control) => !groups.has(control));
    return [
      ...[...groups].flatMap(([control, group]) => follow(trails, control, { group, now })),
      ...silent.flatMap((control) => follow(trails, control, { group: [], now })),
    ];
  }

  /** The place is gone, and with it what was open there. */
  forget(place: string, now: number): readonly DriftEvent[] {
    const events = this.observe(place, [], now);
    this.places.delete(place);
    return events;
  }

  /** Forgets the place without a word. */
  drop(place: string): void {
    this.places.delete(place);
  }

  /** The places that were ever observed and not forgotten. */
  known(): readonly string[] {
    return [...this.places.keys()];
  }
}

/** The findings of one control at a place, ms. */
interface Look {
  readonly group: readonly Finding[];
  readonly now: number;
}

/**
 * Who could not be looked at is neither opened nor closed. A control that could not look at all says so of the place
 * itself: then nobody is closed, and a first look is still to come.
 */
function follow(trails: Map<string, Trail>, control: string, look: Look): readonly DriftEvent[] {
  const known = trails.get(control);
  const trail = known ?? { open: nothing, unseen: nobody, judged: look.now };
  const over = overIn(trail, look.group);
  const blind = look.group.some(
    (finding) =>
      isUnknown(finding) &&
      finding.judgement.subject === undefined &&
      !over.includes(targetKey(finding.target)),
  );
  const events = opened(trail, look, known !== undefined);
  if (!blind) {
    events.push(...closed(trail, look, over));
    const unseen = [...unseenOf(look.group, known), ...over];
    trail.unseen = setOf(unseen, trail.unseen);
    trail.judged = look.now;
  }
  if (!blind || events.length > 0) trails.set(control, trail);
  return events;
}

/** Where the control was content before, or spoke of others only, a violation is drift. */
function opened(trail: Trail, { group, now }: Look, lookedBefore: boolean): DriftEvent[] {
  const events: DriftEvent[] = [];
  for (const finding of group) {
    const key = targetKey(finding.target);
    if (!isViolation(finding.judgement.outcome) || trail.open.has(key)) continue;
    const drift = lookedBefore && !trail.unseen.has(key);
    if (trail.open === nothing) trail.open = new Map();
    trail.open.set(key, { finding, since: now, drift });
    events.push(drift ? { type: 'drift', finding, lastGood: trail.judged } : { type: 'found', finding });
  }
  return events;
}

/** What was wrong there was wrong with something else than is there now. */
function overIn({ open }: Trail, group: readonly Finding[]): readonly string[] {
  return group.filter(isUnknown).flatMap(({ target, judgement: { of } }) => {
    const before = open.get(targetKey(target))?.finding.judgement.of;
    return of !== undefined && before !== undefined && of !== before ? [targetKey(target)] : [];
  });
}

function closed(trail: Trail, { group, now }: Look, over: readonly string[]): readonly DriftEvent[] {
  const events: DriftEvent[] = [];
  for (const [key, { finding: before, since, drift }] of trail.open) {
    const said = group.filter((finding) => targetKey(finding.target) === key);
    const isSeen = said.some((finding) => isViolation(finding.judgement.outcome) || isUnknown(finding));
    if (isSeen && !over.includes(key)) continue;
    trail.open.delete(key);
    const seconds = Math.max(0, now - since) / 1000;
    events.push({ type: 'resolved', finding: said[0] ?? before, seconds, wasDrift: drift });
  }
  if (trail.open.size === 0) trail.open = nothing;
  return events;
}

const nobody: ReadonlySet<string> = new Set();
/** There are as many trails as findings, and few of them are open: the others share this one, which stays empty. */
const nothing = new Map<string, Open>();

function setOf(keys: readonly string[], before: ReadonlySet<string>): ReadonlySet<string> {
  if (keys.length === 0) return nobody;
  const isSame = keys.length === before.size && keys.every((key) => before.has(key));
  return isSame ? before : new Set(keys);
}

function unseenOf(group: readonly Finding[], before: Trail | undefined): readonly string[] {
  const unjudged = group.filter(isUnjudged).map((finding) => targetKey(finding.target));
  return before === undefined ? unjudged : unjudged.filter((key) => before.unseen.has(key));
}

function isUnjudged({ judgement }: Finding): boolean {
  return judgement.outcome !== 'pass' && !isViolation(judgement.outcome);
}

function isUnknown(finding: Finding): boolean {
  return finding.judgement.outcome === 'unknown';
}

function byControl(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = controlKey(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return groups;
}

const controlKeys = new WeakMap<Finding['control'], string>();

/** The same string for the same control: each place keeps one for each control. */
function controlKey({ guide, control }: Finding): string {
  let key = controlKeys.get(control);
  if (key === undefined) controlKeys.set(control, (key = `${guide.id}|${control.id}`));
  return key;
}
