/** What the daemon does when a part of the estate becomes, or ceases to be, this unit's. */
import type { Plan } from '../../core/plan.js';
import type { Remediation } from '../../core/ports/index.js';
import type { Following } from '../follow.js';
import { keyAt, placeOf } from '../keys.js';
import type { Looker } from '../looker.js';
import type { InsideBook } from '../inside-book.js';
import type { ProbeBook } from '../probe-book.js';
import type { WorkQueue } from '../queue.js';
import type { Remediator } from '../remediator.js';
import type { SettleWatch } from '../settle.js';
import type { Share, ShareHooks } from './share.js';

/** Of the daemon, what the parts have to do with. */
export interface Touched {
  readonly queue: WorkQueue;
  readonly looker: Looker;
  readonly following: Following;
  readonly remediator: Remediator | undefined;
  readonly probes: ProbeBook;
  readonly inside: InsideBook | undefined;
  readonly settle: SettleWatch;
  readonly plans: Map<string, Plan>;
  readonly history: Remediation[];
}

/** `touched` and `share` are asked for when something happens: they are made after this. */
export function partHooks(touched: () => Touched, share: () => Share): Omit<ShareHooks, 'open'> {
  return {
    changed: (part) => {
      const { following, looker, queue } = touched();
      following.reattend();
      const { places, shares } = share();
      for (const key of places.keysIn(part)) {
        if (!shares.holds(key)) continue;
        looker.again(placeOf(key));
        queue.add(key);
      }
    },
    forget: (key) => {
      forget(key, touched());
    },
  };
}

function forget(key: string, { remediator, plans, history, settle, probes, inside }: Touched): void {
  const { controller, model } = placeOf(key);
  remediator?.drop(key);
  plans.delete(key);
  settle.forget(`${key}/`);
  if (model !== undefined) probes.keep({ controller, model }, {});
  inside?.forget(key);
  const left = history.filter(({ target }) => keyAt(target.controller ?? '', target.model) !== key);
  history.splice(0, history.length, ...left);
}
