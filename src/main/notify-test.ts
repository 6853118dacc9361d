import { randomUUID } from 'node:crypto';
import { alertId, type Alert } from '../core/notify/alert.js';
import { messageOf } from '../core/notify/group.js';
import type { NotifyTarget } from '../core/policy/notify.js';
import type { SendOutcome } from '../core/ports/notifier.js';
import { instant } from '../core/time.js';
import { makeSenders } from '../report/notify/senders.js';
import { systemClock } from './system.js';

/** ms after which an Alertmanager takes the test for over. */
const lasting = 60_000;

/** Tells a target that this is a test. */
export async function notifyTest(target: NotifyTarget, link: string | undefined): Promise<SendOutcome> {
  const sender = await makeSenders(systemClock)(target, link);
  const { signal } = new AbortController();
  const now = systemClock.now();
  try {
    if (sender.takes === 'standing')
      return await sender.push([{ alert: testAlert(now), endsAt: now + lasting }], signal);
    const none = { firing: [], resolved: [] };
    return await sender.send(messageOf('test', none, { newId: randomUUID, now }), signal);
  } finally {
    await sender.close();
  }
}

function testAlert(now: number): Alert {
  return {
    id: alertId('delivery', 'test'),
    about: 'delivery',
    severity: 'info',
    title: 'This is a test',
    reason: 'Test',
    message: 'nothing has happened',
    since: instant(now),
    target: { kind: 'estate' },
  };
}
