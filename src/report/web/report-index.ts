/** A report's findings by where they are, so that no view has to go through all of them. */
import { isViolation, severities, type Severity } from '../../core/outcome.js';
import { scoreOf, type Weighed } from '../../core/report/score.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import { isShort, isWaived } from '../html-group.js';

/** A controller itself, a model itself, or an application. */
export interface Place {
  readonly controller?: string;
  readonly model?: string;
  readonly application?: string;
}

export interface PlaceSheet {
  readonly place: Place;
  /** Of the place alone. */
  readonly findings: readonly ReportFinding[];
}

export interface ReportIndex {
  readonly byId: ReadonlyMap<string, ReportFinding>;
  readonly places: ReadonlyMap<string, PlaceSheet>;
  readonly byControl: ReadonlyMap<string, readonly ReportFinding[]>;
  /** What counts against the estate, worst first. */
  readonly short: readonly ReportFinding[];
}

export function indexOf({ findings }: Report): ReportIndex {
  const byId = new Map<string, ReportFinding>();
  const places = new Map<string, { place: Place; findings: ReportFinding[] }>();
  const byControl = new Map<string, ReportFinding[]>();
  const short: ReportFinding[] = [];
  for (const finding of findings) {
    byId.set(finding.id, finding);
    const { controller, model, application } = finding.target;
    const key = placeKey({
      ...part('controller', controller),
      ...part('model', model),
      ...part('application', application),
    });
    const sheet = places.get(key);
    if (sheet === undefined) places.set(key, { place: placeOf(finding), findings: [finding] });
    else sheet.findings.push(finding);
    const known = byControl.get(finding.control);
    if (known === undefined) byControl.set(finding.control, [finding]);
    else known.push(finding);
    if (isShort(finding)) short.push(finding);
  }
  return { byId, places, byControl, short: worstFirst(short) };
}

function placeOf({ target: { controller, model, application } }: ReportFinding): Place {
  return { ...part('controller', controller), ...part('model', model), ...part('application', application) };
}

function part(key: keyof Place, value: string | undefined): Place {
  return value === undefined ? {} : { [key]: value };
}

/** One text for a place; an absent part is no name that something could have. */
export function placeKey({ controller, model, application }: Place): string {
  return `${controller ?? ''}\n${model ?? ''}\n${application ?? ''}`;
}

/** Worst first; what is equally bad stays in its order. */
export function worstFirst(findings: readonly ReportFinding[]): readonly ReportFinding[] {
  const bySeverity = Map.groupBy(findings, ({ severity }) => severity);
  return severities.flatMap((severity) => bySeverity.get(severity) ?? []);
}

export interface Standing {
  readonly score: number | null;
  readonly short: Readonly<Record<Severity, number>>;
  readonly violations: number;
  readonly unknown: number;
  readonly waived: number;
  readonly passed: number;
}

/** A model, or a controller itself, with all that is in it. */
export interface ModelSheet {
  readonly place: Omit<Place, 'application'>;
  readonly standing: Standing;
  readonly applications: readonly PlaceSheet[];
}

export function modelSheets({ places }: ReportIndex): readonly ModelSheet[] {
  const groups = Map.groupBy(
    places.values(),
    ({ place: { controller, model } }) => `${controller ?? ''}\n${model ?? ''}`,
  );
  return [...groups.values()].map((sheets) => {
    const { controller, model } = sheets[0]?.place ?? {};
    return {
      place: { ...part('controller', controller), ...part('model', model) },
      standing: standingOf(sheets.flatMap(({ findings }) => findings)),
      applications: sheets.filter(({ place: { application } }) => application !== undefined),
    };
  });
}

/** Score and figures of findings, as the report counts them. */
export function standingOf(findings: readonly ReportFinding[]): Standing {
  const short: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const counts = { violations: 0, unknown: 0, waived: 0, passed: 0 };
  for (const finding of findings) {
    if (isWaived(finding)) counts.waived += 1;
    else if (isViolation(finding.outcome)) {
      counts.violations += 1;
      short[finding.severity] += 1;
    } else if (finding.outcome === 'unknown') counts.unknown += 1;
    else if (finding.outcome === 'pass') counts.passed += 1;
  }
  return { score: scoreOf(findings, weighed), short, ...counts };
}

function weighed(finding: ReportFinding): Weighed {
  return { severity: finding.severity, outcome: finding.outcome, waived: isWaived(finding) };
}
