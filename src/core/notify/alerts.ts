import type { Alert } from './alert.js';
import { daemonAlerts } from './from-daemon.js';
import { findingAlerts, unknownAlerts } from './from-findings.js';
import { workAlerts } from './from-work.js';
import type { Scene } from './scene.js';

/** All that stands open. Pure; each id once. */
export function alertsOf(scene: Scene): readonly Alert[] {
  const all = [
    ...findingAlerts(scene.report),
    ...unknownAlerts(scene.report),
    ...workAlerts(scene),
    ...daemonAlerts(scene),
  ];
  return [...new Map(all.map((alert) => [alert.id, alert])).values()];
}
