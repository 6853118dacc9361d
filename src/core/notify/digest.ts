/** A summary of how things stand, also of what calls nobody. */
import { globMatcher } from '../glob.js';
import { severities, type FixableBy, type Severity } from '../outcome.js';
import type { DigestRule } from '../policy/notify.js';
import type { Report, ReportFinding } from '../report/types.js';
import { millis } from '../time.js';
import { isAtLeast } from './alert.js';
import { isOpen } from './from-findings.js';
import type { Scene } from './scene.js';

export interface Digest {
  readonly name: string;
  /** Of the whole report; null where nothing was weighed. */
  readonly score: number | null;
  /** Open violations that people here can put right. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Of those, how many were found since the last digest. */
  readonly news: number;
  readonly waived: number;
  readonly unknown: number;
  /** Open violations by control, gravest and most often first; no more than `listedControls`. */
  readonly controls: readonly DigestLine[];
  /** The same of what only a charm's makers, or nobody, can put right. */
  readonly beyondUs: readonly DigestLine[];
  readonly waitingApprovals: number;
  readonly quarantines: number;
  /** Waivers that are about to expire, or did. */
  readonly waivers: readonly string[];
}

export interface DigestLine {
  readonly control: string;
  readonly title: string;
  readonly severity: Severity;
  readonly count: number;
  readonly fixableBy: FixableBy;
}

const listedControls = 15;

/** `since` in ms: when the last digest of that name was made. */
export function digestOf({ name, match }: DigestRule, scene: Scene, since: number): Digest {
  const findings = scene.report.findings.filter(matcher(match));
  const open = findings.filter(isOpen);
  const beyond = open.filter(({ fixableBy }) => fixableBy === 'charm' || fixableBy === 'none');
  const ours = open.filter((finding) => !beyond.includes(finding));
  return {
    name,
    score: scene.report.summary.score,
    bySeverity: countsBySeverity(ours),
    news: ours.filter(({ firstSeen }) => firstSeen !== undefined && millis(firstSeen) > since).length,
    waived: findings.filter(({ waiver }) => waiver?.state === 'active').length,
    unknown: findings.filter(({ outcome }) => outcome === 'unknown').length,
    controls: linesOf(ours),
    beyondUs: linesOf(beyond),
    waitingApprovals: plansWaiting(scene),
    quarantines: scene.quarantines.length,
    waivers: waiversOf(scene.report),
  };
}

function matcher({ controller = '*', model }: DigestRule['match']): (finding: ReportFinding) => boolean {
  const fitsController = globMatcher(controller);
  const fitsModel = model === undefined ? undefined : globMatcher(model);
  return ({ target }) =>
    fitsController(target.controller ?? '') &&
    (fitsModel === undefined || (target.model !== undefined && fitsModel(target.model)));
}

function countsBySeverity(findings: readonly ReportFinding[]): Digest['bySeverity'] {
  const count = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
  return Object.fromEntries(
    severities.map((severity) => [severity, count(severity)]),
  ) as Digest['bySeverity'];
}

function linesOf(findings: readonly ReportFinding[]): readonly DigestLine[] {
  const groups = Map.groupBy(findings, ({ control }) => control);
  const lines = [...groups].flatMap(([control, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const { title, severity, fixableBy } = first;
    return [{ control, title, severity, count: group.length, fixableBy }];
  });
  return lines.sort(byWeight).slice(0, listedControls);
}

function byWeight(a: DigestLine, b: DigestLine): number {
  if (a.severity !== b.severity) return isAtLeast(a.severity, b.severity) ? -1 : 1;
  return b.count - a.count || (a.control < b.control ? -1 : 1);
}

function plansWaiting({ remediations }: Scene): number {
  const waiting = remediations.filter(({ state }) => state === 'WaitingApproval');
  return new Set(waiting.map(({ planHash }) => planHash)).size;
}

function waiversOf({ waivers = [] }: Report): readonly string[] {
  return waivers
    .filter(({ state }) => state === 'expiring' || state === 'expired')
    .map(({ id, expiresAt, state }) =>
      state === 'expired' ? `${id} expired at ${expiresAt}` : `${id} expires at ${expiresAt}`,
    );
}
