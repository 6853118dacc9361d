/** Which targets are told of an alert. */
import { globMatcher } from '../glob.js';
import type { NotifyMatch, NotifyPolicy } from '../policy/notify.js';
import { isAtLeast, type Alert } from './alert.js';

/** Names of targets. */
export type Router = (alert: Alert) => ReadonlySet<string>;

/** What only a charm's makers or nobody can put right calls nobody: it stands in the digest. */
export function callsSomebody({ fixableBy }: Alert): boolean {
  return fixableBy !== 'charm' && fixableBy !== 'none';
}

/** Compiles the routes. Every route that fits counts. */
export function router({ targets, routes }: Pick<NotifyPolicy, 'targets' | 'routes'>): Router {
  const all = targets.map(({ name }) => name);
  const given = routes.length > 0 ? routes : [{ match: { severity: 'medium' } as const, to: all }];
  const compiled = given.map(({ match, to }) => ({ fits: alertMatcher(match), to }));
  return (alert) => {
    if (!callsSomebody(alert)) return nobody;
    const names = new Set(compiled.flatMap(({ fits, to }) => (fits(alert) ? to : [])));
    // Whoever cannot be reached need not be told so.
    if (alert.about === 'delivery') names.delete(alert.target.name ?? '');
    return names;
  };
}

const nobody: ReadonlySet<string> = new Set();

/** A pattern for what the alert does not name fits not. */
export function alertMatcher(match: NotifyMatch): (alert: Alert) => boolean {
  const { severity, about, controller, model, application, guide, control } = match;
  const tests: ((alert: Alert) => boolean)[] = [
    ...named(controller, ({ target }) => target.controller),
    ...named(model, ({ target }) => target.model),
    ...named(application, ({ target }) => target.application),
    ...named(guide, (alert) => alert.guide),
    ...named(control, (alert) => alert.control),
  ];
  if (severity !== undefined) tests.push((alert) => isAtLeast(alert.severity, severity));
  if (about !== undefined) tests.push((alert) => about.includes(alert.about));
  return (alert) => tests.every((test) => test(alert));
}

function named(
  pattern: string | undefined,
  of: (alert: Alert) => string | undefined,
): ((alert: Alert) => boolean)[] {
  if (pattern === undefined) return [];
  const fits = globMatcher(pattern);
  return [
    (alert) => {
      const name = of(alert);
      return name !== undefined && fits(name);
    },
  ];
}
