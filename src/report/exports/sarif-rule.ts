import type { Control } from '../../core/control.js';
import { citationOf } from '../../core/handbook.js';
import type { Severity } from '../../core/outcome.js';
import type { Catalogue, Entry, Reviewed } from './catalogue.js';
import { plainMessage } from './sarif-message.js';
import { oneLine } from './text.js';

/** SARIF's three levels; `none` is for what is no failure. */
export const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** The numbers by which code scanning sorts into critical, high, medium, low (CVSS's bounds). */
const scores: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
};

/** The controls of the report as rules, in its order. */
export function rulesOf({ reviewed, guides }: Catalogue): readonly object[] {
  return [...reviewed].map(([id, control]) => rule(id, control, guides));
}

function rule(id: string, { finding, entry }: Reviewed, guides: readonly string[]): object {
  const { severity, title, guide, fixableBy } = finding;
  return {
    id,
    name: oneLine(title),
    shortDescription: { text: plainMessage(title) },
    ...(entry === undefined ? {} : explained(entry, guides)),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', 'hardening', guide],
      'security-severity': scores[severity],
      precision: 'high',
      severity,
      fixableBy: entry?.control.fixableBy ?? fixableBy,
    },
  };
}

/** What its handbook says, and where the whole of it is: in the documentation that comes with the program. */
function told({ id, handbook }: Control): readonly string[] {
  if (handbook === undefined) return [];
  const { passes, waiving } = handbook;
  return [
    `Passes when: ${passes}`,
    `When to waive it: ${waiving.when} Meanwhile: ${waiving.instead}`,
    `More: holdfast explain ${id}, or docs/controls/${id}.md`,
  ];
}

function explained({ control, guide }: Entry, guides: readonly string[]): object {
  const help = [control.manual, ...control.hazards.map((hazard) => `Take care: ${hazard}`), ...told(control)];
  return {
    fullDescription: { text: plainMessage(control.rationale) },
    help: { text: plainMessage([...help, ...control.references].join('\n')) },
    helpUri: citationOf(control.section, guide.publications ?? [])?.url ?? control.references[0] ?? guide.url,
    relationships: [
      {
        target: {
          id: control.section,
          toolComponent: { name: guide.id, index: guides.indexOf(guide.id) },
        },
        kinds: ['relevant'],
      },
    ],
  };
}
