import type { JujuHealth, Readiness, StoreHealth } from '../core/ports/index.js';
import { millis } from '../core/time.js';
import type { ClusterStanding } from './clusters/followed-cluster.js';
import { clusterDoubts } from './clusters/readiness.js';
import { stackDoubts } from './observability/doubts.js';
import type { StackStanding } from './observability/followed-stack.js';

/** Seconds, and milliseconds since 1970. */
export interface ReadinessScene {
  readonly maxAge: number;
  readonly now: number;
  readonly journal: StoreHealth;
  readonly clusters: readonly ClusterStanding[];
  readonly stacks: readonly StackStanding[];
  /** Why this unit begins nothing, where it shares the estate with others. */
  readonly sharing?: string | undefined;
}

/**
 * Ready when every controller is connected, every model was read within `maxAge`, the journal can be written, and every
 * cluster was read once: what is lost of a cluster later is told, and takes no readiness away, nor do observability
 * stacks.
 */
export function readiness(
  health: readonly JujuHealth[],
  { maxAge, now, journal, clusters, stacks, sharing }: ReadinessScene,
): Readiness {
  const reasons = health.flatMap((controller) => reasonsOf(controller, maxAge, now));
  if (health.length === 0) reasons.push('no controller is being followed');
  if (journal.state !== 'ok') reasons.push(`nothing is changed: ${journal.reason}`);
  if (sharing !== undefined) reasons.push(sharing);
  const { unread, degraded } = clusterDoubts(clusters);
  reasons.push(...unread);
  return { ready: reasons.length === 0, reasons: [...reasons, ...degraded, ...stackDoubts(stacks)] };
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
