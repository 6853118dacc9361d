import { isWaived, type Finding } from '../../core/finding.js';
import { isViolation, severities } from '../../core/outcome.js';
import type { LeftOver } from '../../core/rehearsal.js';
import { targetKey } from '../../core/target.js';
import type { Course } from './courses.js';

/** What is still violated afterwards, and why. */
export function leftOvers(later: readonly Finding[], courses: readonly Course[]): readonly LeftOver[] {
  return later
    .filter((finding) => isViolation(finding.judgement.outcome) && !isWaived(finding))
    .map((finding) => leftOver(finding, courses))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

function leftOver(finding: Finding, courses: readonly Course[]): LeftOver {
  const { control, target, judgement, settings, remedies } = finding;
  const about = { control: control.id, severity: control.severity, target };
  const course = courses.find(({ remediation }) => isFor(remediation.findings, finding));
  if (course !== undefined) return { ...about, why: 'held', message: course.remediation.message };
  const isOnlySeen = settings.mode === 'observe' && remedies.length > 0;
  return { ...about, why: isOnlySeen ? 'observed' : 'by-hand', message: judgement.message };
}

function isFor(refs: Course['remediation']['findings'], { control, target }: Finding): boolean {
  return refs.some((ref) => ref.control === control.id && targetKey(ref.target) === targetKey(target));
}
