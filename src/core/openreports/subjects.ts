import type { ReportFinding } from '../report/types.js';
import { compareTexts } from './result.js';
import type { OpenReportsInput, ReportPlace } from './types.js';

/** What one report is about, with its findings. */
export interface Subject {
  readonly controller: string;
  /** Absent: what belongs to the controller itself. */
  readonly model?: string;
  /** Where the model lives in the cluster; absent: elsewhere. */
  readonly place?: ReportPlace;
  readonly findings: ReportFinding[];
}

/**
 * Models in the order of their namespaces; then, by name, controllers and models that live elsewhere. Each is whole: so
 * units that share an estate never have to write the same report.
 */
export function subjectsOf(input: OpenReportsInput): readonly Subject[] {
  const { report, places, withClusterReports } = input;
  const inside = subjectsInside(places.models);
  const outside = new Map<string, Subject>();
  for (const finding of report.findings) {
    const { controller = '', model } = finding.target;
    const own = inside.get(key(controller, model));
    if (own !== undefined) own.findings.push(finding);
    else if (withClusterReports && places.isElsewhere?.(controller, model) !== true)
      subjectIn(outside, controller, model).findings.push(finding);
  }
  const rest = [...outside].sort(([a], [b]) => compareTexts(a, b)).map(([, subject]) => subject);
  return [...inside.values(), ...rest];
}

/** Should two models claim one namespace, the first has it. */
function subjectsInside(models: readonly ReportPlace[]): Map<string, Subject> {
  const sorted = models.toSorted(
    (a, b) =>
      compareTexts(a.namespace, b.namespace) ||
      compareTexts(a.controller, b.controller) ||
      compareTexts(a.model, b.model),
  );
  const taken = new Set<string>();
  const subjects = new Map<string, Subject>();
  for (const place of sorted) {
    if (taken.has(place.namespace)) continue;
    taken.add(place.namespace);
    const { controller, model } = place;
    subjects.set(key(controller, model), { controller, model, place, findings: [] });
  }
  return subjects;
}

function subjectIn(subjects: Map<string, Subject>, controller: string, model: string | undefined): Subject {
  const own = key(controller, model);
  let subject = subjects.get(own);
  if (subject === undefined) {
    subject = { controller, ...(model === undefined ? {} : { model }), findings: [] };
    subjects.set(own, subject);
  }
  return subject;
}

/** A controller comes before its models. */
function key(controller: string, model: string | undefined): string {
  return JSON.stringify(model === undefined ? [controller] : [controller, ` ${model}`]);
}
