import type { JujuHealth, Readiness, StoreHealth } from '../core/ports/index.js';
import { millis } from '../core/time.js';

/** Seconds, and milliseconds since 1970. */
export interface ReadinessScene {
  readonly maxAge: number;
  readonly now: number;
  readonly journal: StoreHealth;
}

/** Ready when every controller is connected, every model was read within `maxAge`, and the journal can be written. */
export function readiness(
  health: readonly JujuHealth[],
  { maxAge, now, journal }: ReadinessScene,
): Readiness {
  const reasons = health.flatMap((controller) => reasonsOf(controller, maxAge, now));
  if (health.length === 0) reasons.push('no controller is being followed');
  if (journal.state !== 'ok') reasons.push(`nothing is changed: ${journal.reason}`);
  return { ready: reasons.length === 0, reasons };
}

function reasonsOf(health: JujuHealth, maxAge: number, now: number): string[] {
  if (!health.connected)
    return [`controller ${health.controller} is not connected: ${health.trouble ?? 'not yet'}`];
  const models = health.models.flatMap((model) =>
    modelReasons(health.controller, model, now - maxAge * 1000),
  );
  return health.trouble === undefined
    ? models
    : [...models, `controller ${health.controller}: ${health.trouble}`];
}

function modelReasons(controller: string, model: JujuHealth['models'][number], oldest: number): string[] {
  const { lastRead, trouble } = model;
  const name = `model ${controller}:${model.model}`;
  if (lastRead === undefined || millis(lastRead) < oldest)
    return [`${name} has not been read lately: ${trouble ?? 'not yet'}`];
  return trouble === undefined ? [] : [`${name}: ${trouble}`];
}
