/**
 * Judges every control on every target, again and again. Incremental and exact: after a change only those judgements
 * are made again that read a changed cell or whose time has come, and the result equals a full evaluation (held by a
 * property test).
 */
import type { Guide } from '../control.js';
import type { Finding } from '../finding.js';
import type { Judgement } from '../judgement.js';
import type { Knowledge } from '../knowledge.js';
import type { Policy } from '../policy/policy.js';
import type { Snapshot } from '../snapshot.js';
import { JudgedTime } from '../time.js';
import { effectOf, isList, type OneOrMore } from './answers.js';
import { newRecorder, reading, release, settle, type Cell, type Reader } from './cell.js';
import { Judge } from './judge.js';
import { Question } from './question.js';
import { EstateView, viewsOf, type View } from './view.js';

const nothingFound: readonly Finding[] = [];
const nothingRead: readonly Cell[] = [];

/** One question on one target, with what was last answered. */
class Entry implements Reader {
  readonly question: Question;
  readonly view: View;
  findings: OneOrMore<Finding> = nothingFound;
  cells = nothingRead;
  private readonly dirtied: Set<Entry>;

  constructor(question: Question, view: View, dirtied: Set<Entry>) {
    this.question = question;
    this.view = view;
    this.dirtied = dirtied;
  }

  dirty(): void {
    this.dirtied.add(this);
  }
}

/** What is asked of one target: what is to be asked may change with what it is. */
class Sheet implements Reader {
  entries: readonly Entry[] = [];
  cells = nothingRead;
  private readonly view: View;
  private readonly dirtied: Set<View>;

  constructor(view: View, dirtied: Set<View>) {
    this.view = view;
    this.dirtied = dirtied;
  }

  dirty(): void {
    this.dirtied.add(this.view);
  }
}

export class Evaluation {
  private readonly judge: Judge;
  private readonly recorder = newRecorder(true);
  private readonly sheets = new Map<View, Sheet>();
  private readonly dirtyEntries = new Set<Entry>();
  private readonly dirtyViews = new Set<View>();
  private readonly goneViews: View[] = [];
  /** The answers that time alone changes, and when (ms): few of many. */
  private readonly timed = new Map<Entry, number>();
  private estate: EstateView | undefined;
  private asOf = 0;
  private nextExpiry = Infinity;

  constructor(guides: readonly Guide[], policy: Policy, knowledge: Knowledge) {
    this.judge = new Judge(guides, policy, knowledge);
  }

  /** Takes a snapshot and a moment (ms). Returns the targets' views whose findings were judged again. */
  update(snapshot: Snapshot, asOf: number): ReadonlySet<View> {
    const wentBack = asOf < this.asOf;
    this.asOf = asOf;
    this.takeSnapshot(snapshot);
    settle(this.recorder);
    if (wentBack) this.doubtAll();
    else if (asOf >= this.nextExpiry) this.expire();
    const touched = new Set<View>(this.dirtyViews);
    for (const view of this.dirtyViews) this.enlist(view);
    this.dirtyViews.clear();
    const time = new JudgedTime(asOf);
    for (const entry of this.dirtyEntries) {
      this.answer(entry, time);
      touched.add(entry.view);
    }
    this.dirtyEntries.clear();
    return touched;
  }

  /** All findings, by controller, model and application in the snapshot's order. */
  findings(): readonly Finding[] {
    const views = this.estate === undefined ? [] : viewsOf(this.estate);
    return views.flatMap((view) => this.findingsOf(view));
  }

  /** The findings of one target alone. */
  findingsOf(view: View): readonly Finding[] {
    const found: Finding[] = [];
    for (const { findings } of this.sheets.get(view)?.entries ?? []) {
      if (isList(findings)) found.push(...findings);
      else found.push(findings);
    }
    return found;
  }

  /** The estate as the controls see it; undefined before the first update. */
  view(): EstateView | undefined {
    return this.estate;
  }

  /** The targets that went since this was last asked. */
  takeGone(): readonly View[] {
    return this.goneViews.splice(0);
  }

  /** The earliest moment (ms) at which time alone changes a finding; Infinity when none. */
  expiry(): number {
    return this.nextExpiry;
  }

  /** Whether the finding's change has taken effect, by other evidence; undefined where its control knows no such. */
  effectOf({ guide, control, settings }: Finding, view: View): Judgement | undefined {
    const question = new Question(guide, control, settings);
    return effectOf(control, view, this.judge.context(question, view, new JudgedTime(this.asOf)));
  }

  private takeSnapshot(snapshot: Snapshot): void {
    if (this.estate !== undefined) {
      this.estate.update(snapshot);
      return;
    }
    const born = (view: View): void => void this.dirtyViews.add(view);
    const gone = (view: View): void => {
      this.dismiss(view);
      this.dirtyViews.delete(view);
      this.goneViews.push(view);
    };
    this.estate = new EstateView(snapshot, { recorder: this.recorder, births: { born, gone } });
    this.estate.populate();
  }

  /** The clock was set back: answers that had come with time may not hold yet. */
  private doubtAll(): void {
    for (const { entries } of this.sheets.values()) for (const entry of entries) this.dirtyEntries.add(entry);
    this.nextExpiry = Infinity;
  }

  private expire(): void {
    let next = Infinity;
    for (const [entry, validUntil] of this.timed) {
      if (validUntil <= this.asOf) this.dirtyEntries.add(entry);
      else next = Math.min(next, validUntil);
    }
    this.nextExpiry = next;
  }

  /** Makes the entries of a target from scratch. */
  private enlist(view: View): void {
    this.dismiss(view);
    const sheet = new Sheet(view, this.dirtyViews);
    const questions = reading(this.recorder, sheet, () => this.judge.questionsFor(view));
    sheet.entries = questions.map((question) => new Entry(question, view, this.dirtyEntries));
    this.sheets.set(view, sheet);
    for (const entry of sheet.entries) this.dirtyEntries.add(entry);
  }

  private answer(entry: Entry, time: JudgedTime): void {
    time.startOver();
    entry.findings = reading(this.recorder, entry, () =>
      this.judge.findings(entry.question, entry.view, time),
    );
    if (time.validUntil === Infinity) this.timed.delete(entry);
    else this.timed.set(entry, time.validUntil);
    this.nextExpiry = Math.min(this.nextExpiry, time.validUntil);
  }

  private dismiss(view: View): void {
    const sheet = this.sheets.get(view);
    if (sheet === undefined) return;
    release(sheet);
    for (const entry of sheet.entries) {
      release(entry);
      this.dirtyEntries.delete(entry);
      this.timed.delete(entry);
    }
    this.sheets.delete(view);
  }
}
