/** What a custom control says of a target. */
import type { Context, ScopeName } from '../core/control.js';
import type { CustomControl } from '../core/custom/document.js';
import { ApplicationView, type View } from '../core/evaluate/view.js';
import { isKnown } from '../core/fact.js';
import { globMatcher } from '../core/glob.js';
import {
  evidenceOf,
  fail,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../core/judgement.js';
import type { Expression } from './cel/compile.js';
import { bindings } from './cel/fields.js';
import { Meter } from './cel/meter.js';
import { valueOf, type Names, type Run } from './cel/run.js';
import { Misfit, TooCostly, Unseen } from './cel/trouble.js';
import { asBoolean } from './cel/value.js';
import { messageFrom, type Template } from './template.js';

export interface Check {
  readonly when?: Expression;
  readonly pass: Expression;
  readonly reason: string;
  readonly message: Template;
}

/** Facts that are listed as evidence, at most. */
const mostEvidence = 8;

export type Evaluate = (subject: View, context: Context<unknown>) => Judgement;

/** The evaluation of a control from its compiled checks. */
export function evaluation(control: CustomControl, checks: readonly Check[]): Evaluate {
  const applies = applicability(control.scope, control.appliesTo);
  return (subject, { time }) => {
    const barred = applies(subject);
    if (barred !== undefined) return barred;
    const run: Run = { meter: new Meter(), time, facts: new Map() };
    return worst(checks, bindings(subject), run);
  };
}

/** A violation counts before what could not be seen, that before a pass. */
function worst(checks: readonly Check[], names: Names, run: Run): Judgement {
  let unseen: Judgement | undefined;
  let held = 0;
  for (const check of checks) {
    const judged = attempted(() => judge(check, names, run), check);
    if (judged === 'holds') held += 1;
    else if (judged === 'aside') continue;
    else if (judged.outcome === 'fail') return judged;
    else unseen ??= judged;
  }
  if (unseen !== undefined) return unseen;
  if (held === 0) return notApplicable('DoesNotApply', 'none of its checks applies here');
  return pass('holds', ...evidenceIn(run, checks.map(({ pass: { source } }) => source).join('; ')));
}

type Verdict = Judgement | 'holds' | 'aside';

function judge({ when, pass: wanted, reason, message }: Check, names: Names, run: Run): Verdict {
  if (when !== undefined && !asBoolean(valueOf(when.ast, names, run))) return 'aside';
  if (asBoolean(valueOf(wanted.ast, names, run))) return 'holds';
  return fail(reason, messageFrom(message, names, run), ...evidenceIn(run, wanted.source));
}

function attempted(work: () => Verdict, { pass: { source } }: Check): Verdict {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unseen) return notSeen(error.fact, shortened(source));
    if (error instanceof TooCostly)
      return unsettled('ExpressionTooCostly', `${shortened(source)} ${error.message}`);
    if (error instanceof Misfit)
      return unsettled('ExpressionMisfit', `${shortened(source)} cannot be answered: ${error.message}`);
    throw error;
  }
}

/** Names what was read, not what it held: a fact may hold more than the check is about. */
function evidenceIn({ facts }: Run, wanted: string): Evidence[] {
  return [...facts]
    .slice(0, mostEvidence)
    .map(([fact, name]) => evidenceOf(fact, `${name} as read`, shortened(wanted)));
}

function shortened(source: string): string {
  const line = source.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

function applicability(
  scope: ScopeName,
  { charms, endpoints }: CustomControl['appliesTo'],
): (subject: View) => Judgement | undefined {
  if (scope !== 'application' || charms.length + endpoints.length === 0) return () => undefined;
  const isCharm = anyOf(charms);
  const isEndpoint = anyOf(endpoints);
  return (subject) => {
    if (!(subject instanceof ApplicationView)) return undefined;
    return ofCharm(subject, isCharm) ?? withEndpoint(subject, isEndpoint);
  };
}

type Fits = (name: string) => boolean;

/** Undefined: all names are welcome. */
function anyOf(patterns: readonly string[]): Fits | undefined {
  const tests = patterns.map(globMatcher);
  return tests.length === 0 ? undefined : (name) => tests.some((fits) => fits(name));
}

function ofCharm(subject: ApplicationView, fits: Fits | undefined): Judgement | undefined {
  if (fits === undefined) return undefined;
  const charm = subject.get('charm');
  if (!isKnown(charm)) return notSeen(charm, 'the charm, which says whether it applies');
  return fits(charm.value.name) ? undefined : notApplicable('OtherCharm', 'it is about other charms');
}

function withEndpoint(subject: ApplicationView, fits: Fits | undefined): Judgement | undefined {
  if (fits === undefined) return undefined;
  const endpoints = subject.get('bindings');
  if (!isKnown(endpoints)) return notSeen(endpoints, 'the endpoints, which say whether it applies');
  const has = Object.keys(endpoints.value).some(fits);
  return has ? undefined : notApplicable('OtherEndpoints', 'it is about charms with other endpoints');
}
