import type { ReportFinding } from '../../core/report/types.js';
import { targetLabel, type Target } from '../../core/target.js';
import { clean } from './text.js';

/** Groups in the order of their first member. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The model (or controller) that a finding stands under, for people: `prod:data`. */
export function placeOf({ target }: ReportFinding): string {
  const { controller, model } = target;
  if (model === undefined) return clean(controller ?? 'the controller');
  const name = model === '' ? 'the model' : clean(model);
  return controller === undefined || controller === '' ? name : `${clean(controller)}:${name}`;
}

/** What of a model (or controller) a finding is about: an application, a unit, a user; else the place itself. */
export function subjectOf({ target }: ReportFinding): string {
  const part = target.unit ?? target.application;
  const named = target.user ?? target.name;
  const subject = [part, named].filter((name) => name !== undefined).join(' ');
  return subject === '' ? wholeOf(target) : clean(subject);
}

function wholeOf(target: Target): string {
  return target.kind === 'controller' ? 'the controller' : 'the model';
}

/** What a finding is about, with its model and controller: `prod:data/etcd`. */
export function targetOf({ target }: ReportFinding): string {
  return clean(targetLabel(target));
}

/** The names that findings are about, each once. */
export function subjectsOf(findings: readonly ReportFinding[]): string[] {
  return [...new Set(findings.map(subjectOf))];
}

/** The controls of findings, each once. */
export function controlsOf(findings: readonly ReportFinding[]): string[] {
  return [...new Set(findings.map(({ control }) => control))];
}
