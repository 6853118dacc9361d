import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, type Known, type Unknown } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  inconsistent,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { Dict } from '../../core/dict.js';
import type { PortProbe } from '../../core/snapshot.js';

/** What one answer of a port means: as wanted, a violation by reason code, or no evidence by reason code. */
export interface Verdict {
  readonly says: 'good' | 'bad' | 'nothing';
  readonly reason: string;
  readonly words: string;
}

export const good: Verdict = { says: 'good', reason: '', words: 'as wanted' };

/** The ports that a question is about, and what each answer means. */
export interface PortQuestion {
  readonly ports: readonly number[];
  readonly wanted: string;
  readonly met: string;
  readonly verdict: (probe: PortProbe) => Verdict;
  /** Ports that are as wanted when they are closed; elsewhere a closed port says nothing. */
  readonly bestClosed?: readonly number[];
}

/** The reasons that `portsJudgement` and `silence` give besides those of the verdicts. */
export const probeReasons = {
  NoUnits: 'The application has no units whose ports could answer.',
  UnitsDiffer: 'Some units answer as wanted and others do not.',
  NotReachedFromHere: 'A unit gave no answer from where Holdfast runs: a limit of the vantage, no evidence.',
  NotProbedYet: "A unit's port has not been probed yet.",
  PortClosed: 'A port that should be served is closed: the workload is not running, or listens elsewhere.',
  AnswerNotUnderstood:
    'A port answers in a way that shows neither plain text nor TLS that strangers are let into.',
} as const;

interface Answer extends Verdict {
  readonly unit: string;
  readonly seen: string;
}

/** Judges the answers of all units on all ports asked for. Units that differ are `inconsistent`. */
export function portsJudgement(app: ApplicationView, question: PortQuestion): Judgement {
  const asked = probesOf(app);
  if ('missing' in asked) return notSeen(asked.missing, question.wanted);
  if (asked.units.length === 0) return notApplicable('NoUnits', `${app.name} has no units`);
  const answers = asked.units.flatMap((unit) =>
    question.ports.map((port) => answerOf(asked.fact, { unit, port }, question)),
  );
  const evidence = answers.map(({ unit, seen }) => evidenceOf(asked.fact, seen, question.wanted, unit));
  return summed(answers, question, evidence);
}

interface Asked {
  readonly units: readonly string[];
  readonly fact: Known<Dict<Dict<PortProbe>>>;
}

function probesOf(app: ApplicationView): Asked | { readonly missing: Unknown } {
  const units = app.get('units');
  const fact = app.get('probes');
  if (!isKnown(units)) return { missing: units };
  return isKnown(fact) ? { units: Object.keys(units.value), fact } : { missing: fact };
}

function answerOf(fact: Asked['fact'], at: { unit: string; port: number }, question: PortQuestion): Answer {
  const probe = fact.value[at.unit]?.[String(at.port)];
  if (probe === undefined) {
    return {
      unit: at.unit,
      seen: `port ${at.port}: not probed`,
      ...silent('NotProbedYet', `port ${at.port} was not probed yet`),
    };
  }
  const verdict = silence(probe, question) ?? question.verdict(probe);
  const words = `port ${at.port} ${verdict.words}`;
  return { ...verdict, unit: at.unit, seen: `port ${at.port}: ${answerText(probe)}`, words };
}

function silent(reason: keyof typeof probeReasons, words: string): Verdict {
  return { says: 'nothing', reason, words };
}

/** The answers that say nothing of what is served. */
function silence({ port, answer }: PortProbe, { bestClosed = [] }: PortQuestion): Verdict | undefined {
  switch (answer) {
    case 'timeout':
      return silent('NotReachedFromHere', 'did not answer in time, as seen from where Holdfast runs');
    case 'unreachable':
      return silent('NotReachedFromHere', 'is unreachable from where Holdfast runs');
    case 'refused':
      return bestClosed.includes(port) ? good : silent('PortClosed', 'is closed');
    case 'unrecognised':
      return silent('AnswerNotUnderstood', 'answers neither in plain text nor by TLS as it should');
    case 'plaintext':
    case 'tls':
    case 'tls-client-certificate':
      return undefined;
  }
}

function answerText({ answer, protocol, certificate }: PortProbe): string {
  const until = certificate === undefined ? '' : `, certificate until ${certificate.notAfter}`;
  return `${answer}${protocol === undefined ? '' : ` (${protocol})`}${until}`;
}

function summed(
  answers: readonly Answer[],
  question: PortQuestion,
  evidence: readonly Evidence[],
): Judgement {
  const bad = answers.find(({ says }) => says === 'bad');
  const nothing = answers.find(({ says }) => says === 'nothing');
  if (bad !== undefined) {
    const goodUnit = unitThatIsFine(answers);
    if (goodUnit === undefined) return fail(bad.reason, `${bad.unit}: ${bad.words}`, ...evidence);
    return inconsistent(
      'UnitsDiffer',
      `${goodUnit} is as wanted, but ${bad.unit}: ${bad.words}`,
      ...evidence,
    );
  }
  if (nothing !== undefined)
    return unsettled(nothing.reason, `${nothing.unit}: ${nothing.words}`, ...evidence);
  return pass(question.met, ...evidence);
}

/** A unit all of whose ports answer as wanted, beside others that do not. */
function unitThatIsFine(answers: readonly Answer[]): string | undefined {
  return answers.find(({ unit }) => answers.every((other) => other.unit !== unit || other.says === 'good'))
    ?.unit;
}
