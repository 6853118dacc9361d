/**
 * Who made a finding drift, as far as it can be told: what was run and changed between the moment when it was last seen
 * to pass and the one when it was first seen to fail.
 */
import { commandLine } from '../action/argv.js';
import { isKnown, type Fact, type Instant } from '../fact.js';
import type { ModelState, Operation } from '../snapshot.js';

/** When something drifted: the last look that passed, the first that did not. */
export interface DriftInterval {
  readonly lastGood: Instant;
  readonly firstBad: Instant;
}

/** A change that Holdfast itself made, from its journal. */
export interface OwnChange {
  readonly begun: Instant;
  /** Absent: it has not ended, or its end was not seen. */
  readonly ended?: Instant;
  /** Without the program. */
  readonly argv: readonly string[];
}

/** A line of the controller's audit log: who called what. */
export interface AuditLine {
  readonly at: Instant;
  readonly who: string;
  /** Facade and method, or the command line that the client told. */
  readonly what: string;
}

/** What is known besides the model. */
export interface Trail {
  /** The application that drifted; without it, operations on all of them count. */
  readonly application?: string;
  readonly ours: readonly OwnChange[];
  /** Our own looks into units: nobody's change, and left out. */
  readonly looks?: readonly OwnChange[];
  /** Whether operations have been read after the interval; yes, unless it says otherwise. */
  readonly isReadSince?: boolean;
  /** Absent: no road reads it. */
  readonly auditLog?: Fact<readonly AuditLine[]>;
}

export interface Culprits {
  readonly interval: DriftInterval;
  /** Operations of others in it, oldest first; those on the application, where any are, else all. */
  readonly operations: readonly Operation[];
  readonly ours: readonly OwnChange[];
  readonly lines: readonly AuditLine[];
  /** All of it for people. */
  readonly sentence: string;
}

/** Clocks differ, and Juju's times are read to the second. */
const toleranceMs = 5000;
/** What was done shows late: a relation that was removed is listed for up to 13 s (Juju facts). */
const lateMs = 15_000;
/** More are counted, not named. */
const named = 5;

/** Pure. Who ran an operation, Juju does not tell: only its audit log does, where that can be read. */
export function culprits(interval: DriftInterval, model: ModelState, trail: Trail): Culprits {
  const span = spanOf(interval);
  // Our own clock saw it fail: what we begin afterwards is what we do about it.
  const before = { ...span, to: Date.parse(interval.firstBad) };
  const ours = trail.ours.filter(({ begun, ended }) => isWithin(before, begun, ended));
  const found = isKnown(model.operations) ? model.operations.value : [];
  const inSpan = found.filter(({ enqueued, completed }) => isWithin(span, enqueued, completed));
  const own = [...trail.ours, ...(trail.looks ?? [])];
  const foreign = inSpan.filter((each) => !own.some((call) => isOurs(each, call))).reverse();
  const operations = narrowed(foreign, trail.application);
  const log = trail.auditLog;
  const lines = log !== undefined && isKnown(log) ? log.value.filter(({ at }) => isWithin(span, at, at)) : [];
  const seen = { interval, operations, ours, lines };
  return { ...seen, sentence: sentenceOf(seen, model, trail) };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function spanOf({ lastGood, firstBad }: DriftInterval): Span {
  return { from: Date.parse(lastGood) - lateMs, to: Date.parse(firstBad) + toleranceMs };
}

/** Whether something that began and ended then, or still goes on, falls into the span at least in part. */
function isWithin({ from, to }: Span, begun: Instant, ended: Instant | undefined): boolean {
  const end = ended === undefined ? Infinity : Date.parse(ended);
  return Date.parse(begun) <= to && end >= from;
}

/** Whether an operation is what a call of ours set going. */
function isOurs({ action, units, enqueued }: Operation, { begun, ended, argv }: OwnChange): boolean {
  const span = { from: Date.parse(begun) - toleranceMs, to: Date.parse(ended ?? begun) + toleranceMs };
  if (!isWithin(span, enqueued, enqueued)) return false;
  const isRun = argv[0] === (action === 'exec' ? 'exec' : 'run');
  return isRun && units.some((unit) => argv.includes(unit)) && (action === 'exec' || argv.includes(action));
}

/** Operations on the application itself say more than all others. */
function narrowed(operations: readonly Operation[], application: string | undefined): readonly Operation[] {
  const own = operations.filter(({ units }) =>
    units.some((unit) => unit.startsWith(`${application ?? ''}/`)),
  );
  return own.length > 0 ? own : operations;
}

type Seen = Omit<Culprits, 'sentence'>;

function sentenceOf(seen: Seen, model: ModelState, trail: Trail): string {
  const { ours, lines } = seen;
  return [
    ...(ours.length === 0
      ? []
      : [`Holdfast itself ran ${list(ours.map(({ argv }) => commandLine(argv)))} then.`]),
    ...(lines.length === 0 ? [] : [`Juju's audit log has ${list(lines.map(lineText))}.`]),
    operationsText(seen, model, trail),
    ...(lines.length > 0 ? [] : [nobodyText(trail.auditLog)]),
  ].join(' ');
}

function operationsText(
  { operations }: Seen,
  { operations: fact }: ModelState,
  { isReadSince = true }: Trail,
): string {
  if (!isKnown(fact)) return `What was run on units in that time was not read: ${fact.unknown.reason}.`;
  if (operations.length === 0 && !isReadSince) return 'What was run on units in that time is yet to be read.';
  if (operations.length === 0) return 'Nothing was run on units in that time, by others at least.';
  return `On units was run: ${list(operations.map(operationText))}.`;
}

function operationText({ id, action, units, enqueued, status }: Operation): string {
  return `${action} on ${units.length === 0 ? 'a machine' : units.join(', ')} at ${enqueued} (operation ${id}, ${status})`;
}

function lineText({ at, who, what }: AuditLine): string {
  return `${who}: ${what} at ${at}`;
}

function nobodyText(log: Trail['auditLog']): string {
  const told = 'Juju does not tell who ran an operation, or changed an option or a relation';
  if (log === undefined)
    return `${told}; its audit log on the controller machines does (auditLogFile in the policy).`;
  if (!isKnown(log)) return `${told}; its audit log was not read: ${log.unknown.reason}.`;
  return `${told}, and its audit log has nothing of that time.`;
}

function list(texts: readonly string[]): string {
  const more = texts.length - named;
  return more > 0 ? `${texts.slice(0, named).join('; ')}; and ${more} more` : texts.join('; ');
}
