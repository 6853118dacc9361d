/** Invariants 7, 8 and 9, looked at every now and then: no secret, no silent sickness, no waiver beyond its time. */
import type { Report } from '../../../src/core/report/types.js';
import { millis } from '../../../src/core/time.js';
import { canaries, configCanary } from '../estates.js';
import type { Seeing } from './seeing.js';
import { machineTime, type Watch } from './watch.js';

const secrets = [...Object.values(canaries), configCanary];

/** Invariant 7: tells when a text holds a secret. */
export function watchForSecrets(watch: Watch): (where: string, text: string) => void {
  return (where, text) => {
    const secret = secrets.find((each) => text.includes(each));
    if (secret !== undefined) watch.broken(7, `secret in ${where}`, `${secret} in ${where}`);
  };
}

/** Invariant 9. */
export function checkWaivers(watch: Watch, { findings }: Report): void {
  const now = machineTime(watch);
  for (const { control, waiver } of findings) {
    if (waiver?.state === 'active' && millis(waiver.expiresAt) <= now)
      watch.broken(9, 'waiver outlived', `${waiver.id} still waives ${control} after ${waiver.expiresAt}`);
  }
}

/** Invariant 8: while the view is older than the policy allows, or the journal cannot be written, it says so. */
export function checkHealth(watch: Watch, seeing: Seeing, full: string | undefined): void {
  const daemon = watch.daemon();
  if (daemon === undefined) return;
  const { ready } = daemon.readiness();
  if (full !== undefined && ready)
    watch.broken(8, 'sick journal', 'the journal is full, and the daemon says ready');
  const now = watch.host.kernel.now();
  const { maxAge, pollIdle, callDeadline } = watch.policy().pace;
  const oldest = now - (maxAge + 2 * pollIdle + callDeadline) * 1000;
  for (const { controller, models } of daemon.health()) {
    const stale = models.filter(({ model }) => seeing.lastReading(`${controller}:${model}`) < oldest);
    if (stale.length > 0 && ready)
      watch.broken(
        8,
        'stale view',
        `${controller}:${stale[0]?.model ?? ''} was not read, and the daemon says ready`,
      );
  }
}
