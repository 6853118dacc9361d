/** What was attempted, failed, was put right and came back, as far back as any rail looks. */
import type { Finding } from '../core/finding.js';
import type { Clock, FindingRef, Mark, Write } from '../core/ports/index.js';
import { findingId } from '../core/report/build.js';
import { instant, millis } from '../core/time.js';
import { idOfRef } from './work.js';

/** Longest window that limits may name, ms: what is older counts for nothing. */
export const longestWindow = 31 * 86_400_000;

export class Tally {
  private readonly clock: Clock;
  private marks: Mark[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Goes on from what the journal knows. */
  adopt(marks: readonly Mark[]): void {
    this.marks = [...marks];
  }

  /** Takes over what persons have cleared meanwhile, in another process. */
  learn(marks: readonly Mark[]): void {
    const known = new Set(this.marks.filter(isCleared).map(clearingOf));
    const news = marks.filter((mark) => isCleared(mark) && !known.has(clearingOf(mark)));
    if (news.length > 0) this.marks = [...this.marks, ...news].sort((a, b) => millis(a.at) - millis(b.at));
  }

  /** Takes over what other units have counted meanwhile: all of it since some moment. */
  merge(marks: readonly Mark[]): void {
    const since = Math.min(...marks.map(({ at }) => millis(at)));
    const known = new Set(this.marks.filter(({ at }) => millis(at) >= since).map(identity));
    const news = marks.filter((mark) => !known.has(identity(mark)));
    if (news.length > 0) this.marks = [...this.marks, ...news].sort((a, b) => millis(a.at) - millis(b.at));
  }

  /** Counts it, and gives what has to be written down with it. */
  count(kind: Mark['kind'], refs: readonly FindingRef[]): readonly Write[] {
    // One moment for all: what was one change counts as one.
    const at = instant(this.clock.now());
    return refs.map((ref) => this.add({ ...markOf(kind, ref), at }));
  }

  countFinding(kind: Mark['kind'], { control, guide, target }: Finding): readonly Write[] {
    return this.count(kind, [{ control: control.id, guide: guide.id, target }]);
  }

  /** Those of one controller. */
  of(controller: string): readonly Mark[] {
    return this.marks.filter((mark) => mark.controller === controller);
  }

  /** Failures of a finding within `window` ms that no person has cleared since. */
  failures(ref: FindingRef, window: number): number {
    const id = idOfRef(ref);
    const since = this.clock.now() - window;
    const own = this.marks.filter((mark) => mark.finding === id && millis(mark.at) >= since);
    const cleared = own.findLastIndex(({ kind }) => kind === 'cleared');
    return own.slice(cleared + 1).filter(({ kind }) => kind === 'failure').length;
  }

  private add(mark: Mark): Write {
    const oldest = this.clock.now() - longestWindow;
    if (this.marks[0] !== undefined && millis(this.marks[0].at) < oldest)
      this.marks = this.marks.filter(({ at }) => millis(at) >= oldest);
    this.marks.push(mark);
    return { type: 'mark', mark };
  }
}

function identity({ at, kind, controller, model = '', finding = '' }: Mark): string {
  return `${at} ${kind} ${controller} ${model} ${finding}`;
}

function isCleared({ kind }: Mark): boolean {
  return kind === 'cleared';
}

function clearingOf({ at, finding }: Mark): string {
  return `${at} ${finding ?? ''}`;
}

function markOf(kind: Mark['kind'], { control, target }: FindingRef): Omit<Mark, 'at'> {
  const { controller = '', model, application } = target;
  return {
    kind,
    controller,
    ...(model === undefined ? {} : { model }),
    ...(application === undefined ? {} : { application }),
    control,
    finding: findingId(control, target),
  };
}
