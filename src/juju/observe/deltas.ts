import type { Link } from '../api/link.js';
import { branch, text } from '../status/json.js';

/**
 * Waits on Juju's AllWatcher, where the controller has one (3.x), and calls `wake` for each batch of changes. What
 * changed is not looked at: the next look at the status tells. Ends when the watcher or its connection does.
 */
export async function followDeltas(link: Link, wake: () => void): Promise<void> {
  const { answer } = await link.call({ facade: 'Client', request: 'WatchAll' });
  const id = text(branch(answer)['watcher-id']);
  if (id === '') return;
  for (;;) {
    await link.call({ facade: 'AllWatcher', request: 'Next', id }, { timeout: Infinity });
    wake();
  }
}
