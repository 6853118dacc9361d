/** Alerts about Holdfast itself: what it cannot see, write down or deliver. */
import type { JujuHealth } from '../ports/juju-api.js';
import { instant, millis } from '../time.js';
import { alertId, type Alert } from './alert.js';
import type { Scene } from './scene.js';

export function daemonAlerts(scene: Scene): readonly Alert[] {
  return [...journalAlerts(scene), ...blindAlerts(scene), ...deliveryAlerts(scene)];
}

function journalAlerts(scene: Scene): readonly Alert[] {
  const { journal, unit } = scene;
  if (journal.state === 'ok') return [];
  return [
    {
      ...own(scene, alertId('journal', unit)),
      about: 'journal',
      title: 'The journal cannot be relied on: nothing is changed',
      reason: `Journal${journal.state.slice(0, 1).toUpperCase()}${journal.state.slice(1)}`,
      message: journal.reason,
    },
  ];
}

function blindAlerts(scene: Scene): readonly Alert[] {
  return scene.health.flatMap((health) => {
    const why = blindness(health, scene.now - scene.maxAge * 1000);
    if (why === undefined) return [];
    return {
      ...own(scene, alertId('blind', health.controller, scene.unit)),
      about: 'blind' as const,
      title: `Controller ${health.controller} is not seen`,
      reason: health.connected ? 'ModelsNotRead' : 'NotConnected',
      message: why,
      target: { kind: 'controller' as const, controller: health.controller },
    };
  });
}

/** Why a controller, or some of its models, is not seen; undefined when all is. `oldest` in ms. */
function blindness({ connected, trouble, models }: JujuHealth, oldest: number): string | undefined {
  if (!connected) return `there is no connection: ${trouble ?? 'not yet'}`;
  const unread = models.filter(({ lastRead }) => lastRead === undefined || millis(lastRead) < oldest);
  const [first] = unread;
  if (first === undefined) return undefined;
  const others = unread.length === 1 ? '' : ` and ${unread.length - 1} more`;
  return `model ${first.model}${others} could not be read lately: ${first.trouble ?? 'not yet'}`;
}

function deliveryAlerts(scene: Scene): readonly Alert[] {
  return scene.deliveries.flatMap(({ target, trouble, troubleSince }) => {
    if (trouble === undefined) return [];
    return {
      ...own(scene, alertId('delivery', target, scene.unit)),
      about: 'delivery' as const,
      title: `${target} cannot be told`,
      reason: 'NotDelivered',
      message: `notifications for ${target} do not get there: ${trouble}`,
      target: { kind: 'estate' as const, name: target },
      ...(troubleSince === undefined ? {} : { since: instant(troubleSince) }),
    };
  });
}

function own({ now, unit }: Scene, id: string): Pick<Alert, 'id' | 'severity' | 'since' | 'target' | 'unit'> {
  return {
    id,
    severity: 'high',
    since: instant(now),
    target: { kind: 'estate' },
    ...(unit === undefined ? {} : { unit }),
  };
}
