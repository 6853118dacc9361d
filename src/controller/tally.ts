/** What was attempted, failed, was put right and came back, as far back as any rail looks. */
import type { Finding } from '../core/finding.js';
import type { Clock, FindingRef, Mark, Write } from '../core/ports/index.js';
import { findingId } from '../core/report/build.js';
import { instant, millis } from '../core/time.js';
import { MarksAge } from './marks-age.js';
import { idOfRef } from './work.js';

/** Longest window that limits may name, ms: what is older counts for nothing. */
export const longestWindow = 31 * 86_400_000;

export class Tally {
  private readonly clock: Clock;
  private readonly ages: MarksAge;
  private marks: Mark[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
    this.ages = new MarksAge(clock);
  }

  /** Goes on from what the journal knows. */
  adopt(marks: readonly Mark[]): void {
    this.marks = [...marks];
    this.ages.hear(marks);
  }

  /** Takes over what persons have cleared meanwhile, in another process. */
  learn(marks: readonly Mark[]): void {
    const known = new Set(this.marks.filter(isCleared).map(clearingOf));
    const news = marks.filter((mark) => isCleared(mark) && !known.has(clearingOf(mark)));
    this.take(news);
  }

  /** Takes over what other units have counted meanwhile: all of it since some moment. */
  merge(marks: readonly Mark[]): void {
    const since = Math.min(...marks.map(({ at }) => millis(at)));
    const known = new Set(this.marks.filter(({ at }) => millis(at) >= since).map(identity));
    const news = marks.filter((mark) => !known.has(identity(mark)));
    this.take(news);
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

  /** Those of one controller of which this is said, with times by the clock of now. */
  of(controller: string, isWanted: (mark: Mark) => boolean = () => true): readonly Mark[] {
    return this.ages.of(this.marks.filter((mark) => mark.controller === controller && isWanted(mark)));
  }

  /** Failures of a finding within `window` ms that no person has cleared since. */
  failures(ref: FindingRef, window: number): number {
    const id = idOfRef(ref);
    const since = this.clock.now() - window;
    const all = this.ages.of(this.marks.filter((mark) => mark.finding === id));
    const own = all.filter(({ at }) => millis(at) >= since);
    const cleared = own.findLastIndex(({ kind }) => kind === 'cleared');
    return own.slice(cleared + 1).filter(({ kind }) => kind === 'failure').length;
  }

  private take(news: readonly Mark[]): void {
    if (news.length === 0) return;
    this.marks = [...this.marks, ...news].sort((a, b) => millis(a.at) - millis(b.at));
    this.ages.hear(news);
  }

  private add(mark: Mark): Write {
    const oldest = this.clock.now() - longestWindow;
    if (this.marks[0] !== undefined && millis(this.marks[0].at) < oldest) {
      this.marks = this.marks.filter(({ at }) => millis(at) >= oldest);
      this.ages.keep(this.marks);
    }
    this.marks.push(mark);
    this.ages.hear([mark]);
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
