import type { ReportFinding } from '../../core/report/types.js';
import { targetKey, targetLabel, type Target } from '../../core/target.js';
import { prose, props } from './oscal-text.js';
import { uuidOf } from './uuid.js';

/** What an observation is about. */
export interface Subject {
  readonly target: Target;
  readonly key: string;
}

/** The finding's target, or the unit of it that a piece of evidence names. */
export function subjectOf({ target }: ReportFinding, unit: string | undefined): Subject {
  const about: Target = unit === undefined ? target : { ...target, kind: 'unit', unit };
  return { target: about, key: targetKey(about) };
}

/** Everything that the observations are about, each once. */
export function inventoryItems(findings: readonly ReportFinding[]): readonly object[] {
  const subjects = new Map<string, Subject>();
  const add = (subject: Subject): void => {
    if (!subjects.has(subject.key)) subjects.set(subject.key, subject);
  };
  for (const finding of findings) {
    add(subjectOf(finding, undefined));
    for (const { unit } of finding.evidence) if (unit !== undefined) add(subjectOf(finding, unit));
  }
  return [...subjects.values()].map(inventoryItem);
}

function inventoryItem({ target, key }: Subject): object {
  const { kind, controller, model, application, unit, user, name } = target;
  return {
    uuid: uuidOf('target', key),
    description: prose(targetLabel(target)),
    ...props({ kind, controller, model, application, unit, user, name }),
  };
}

/** How an observation names what it is about. */
export function subjectReference({ key }: Subject): object {
  return { 'subject-uuid': uuidOf('target', key), type: 'inventory-item' };
}

const tool = uuidOf('tool', 'holdfast');

/** Holdfast, which judged. */
export const origin = { actors: [{ type: 'tool', 'actor-uuid': tool }] } as const;

export function assessmentAssets(version: string): object {
  const component = {
    uuid: tool,
    type: 'software',
    title: 'Holdfast',
    description: 'Holds Juju deployments at their security hardening guides.',
    ...props({ version }),
    status: { state: 'operational' },
  };
  return {
    components: [component],
    'assessment-platforms': [
      {
        uuid: uuidOf('platform', 'holdfast'),
        title: 'Holdfast',
        'uses-components': [{ 'component-uuid': tool }],
      },
    ],
  };
}
