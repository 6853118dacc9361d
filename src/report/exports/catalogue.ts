import type { Control, Guide } from '../../core/control.js';
import type { ReportFinding } from '../../core/report/types.js';

/** What the guides say of a control; a report from elsewhere may name controls that they do not know. */
export interface Entry {
  readonly control: Control;
  readonly guide: Guide;
}

/** A control that a report names, the first finding on it, and what the guides say of it. */
export interface Reviewed {
  readonly finding: ReportFinding;
  readonly entry: Entry | undefined;
}

/** Everything that an export says of controls, worked out once. */
export interface Catalogue {
  readonly entryOf: (control: string) => Entry | undefined;
  readonly guideOf: (id: string) => Guide | undefined;
  /** Controls of the report by their id, in the order in which it names them. */
  readonly reviewed: ReadonlyMap<string, Reviewed>;
  /** The ids of its guides, in the same order. */
  readonly guides: readonly string[];
}

export function catalogueOf(findings: readonly ReportFinding[], guides: readonly Guide[]): Catalogue {
  const entries = new Map<string, Entry>();
  for (const guide of guides)
    for (const control of guide.controls) entries.set(control.id, { control, guide });
  const reviewed = new Map<string, Reviewed>();
  for (const finding of findings)
    if (!reviewed.has(finding.control))
      reviewed.set(finding.control, { finding, entry: entries.get(finding.control) });
  return {
    entryOf: (control) => entries.get(control),
    guideOf: (id) => guides.find((guide) => guide.id === id),
    reviewed,
    guides: [...new Set(findings.map(({ guide }) => guide))],
  };
}
