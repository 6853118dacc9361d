/** How a charm goes about a refresh, by the actions that it has (charm facts, sections 1 to 6). */
import type { SimApplication } from '../world/state.js';

/** `none`: a charm that only restarts. */
export type Flow = 'old' | 'new' | 'none';

export function flowOf({ charm }: SimApplication): Flow {
  if (charm.actions.includes('pre-refresh-check')) return 'new';
  return charm.actions.includes('pre-upgrade-check') ? 'old' : 'none';
}

export function isOnKubernetes({ model }: SimApplication): boolean {
  return model.type === 'caas';
}

/** Whether the next unit may begin, as far as those before it are through. */
export function mayGoOn(application: SimApplication): boolean {
  const { refresh } = application;
  if (refresh === undefined || refresh.isRollback || refresh.done.length === 0) return true;
  const flow = flowOf(application);
  if (flow === 'old') return !hasResume(application) || refresh.resumes > 0;
  if (flow === 'none') return true;
  const pause = pauseOption(application);
  if (pause === 'all') return refresh.done.length <= refresh.resumes;
  return pause === 'none' || refresh.resumes > 0;
}

/** Only the Kubernetes charms of the older kind stop after their first unit. */
function hasResume(application: SimApplication): boolean {
  return isOnKubernetes(application) && application.charm.actions.includes('resume-upgrade');
}

/** `first`, `all` or `none`. */
export function pauseOption({ settings, charm }: SimApplication): string {
  const name = 'pause-after-unit-refresh';
  return String(settings.get(name) ?? charm.options[name]?.[1] ?? 'first');
}
