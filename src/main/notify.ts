/** Tells people what a running daemon sees and does, where the policy names anybody. */
import { randomUUID } from 'node:crypto';
import { Notifier } from '../controller/notify/notifier.js';
import type { Daemon } from '../controller/daemon.js';
import { defaultNotifyPace, type NotifyPolicy } from '../core/policy/notify.js';
import type { Policy } from '../core/policy/policy.js';
import type { Clock, Journal, Log, Random } from '../core/ports/index.js';
import { makeSenders } from '../report/notify/senders.js';

export interface NotificationsOptions {
  readonly policy: Policy;
  readonly store: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Goes along with a daemon. */
export class Notifications {
  readonly #options: NotificationsOptions;
  #notifier: Notifier | undefined;

  constructor(options: NotificationsOptions) {
    this.#options = options;
  }

  /** Something happened. */
  tell(): void {
    this.#notifier?.nudge();
  }

  /** The daemon with whom it tells: they stop first, for the journal is closed with it. */
  with(daemon: Daemon): Daemon {
    let { policy } = this.#options;
    const { store: journal, ...rest } = this.#options;
    const notifier = new Notifier({
      ...rest,
      journal,
      policy: policy.notify ?? nobody,
      view: daemon,
      maxAge: () => policy.pace.maxAge,
      makeSender: makeSenders(rest.clock),
      newId: randomUUID,
    });
    this.#notifier = notifier;
    notifier.start();
    return {
      ...daemon,
      notifiers: () => notifier.health(),
      reload: async (next) => {
        await daemon.reload(next);
        policy = next;
        notifier.adopt(next.notify ?? nobody);
      },
      stop: async () => {
        await notifier.stop();
        await daemon.stop();
      },
    };
  }
}

const nobody: NotifyPolicy = { targets: [], routes: [], digests: [], pace: defaultNotifyPace };
