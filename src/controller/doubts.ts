/**
 * Changes that went through and were not seen to work before their time was over. A person looks at them; until they
 * are seen to work, nothing more is done to the applications that they touched: whatever comes next was planned on
 * them.
 */
import type { PlannedAction } from '../core/action/planned.js';

import { applicationsOf, type Hold } from '../core/rails/index.js';
import { verdictOn, type Look, type Pending } from './pending.js';

export class Doubts {
  private readonly places = new Map<string, readonly Pending[]>();

  add(key: string, pending: Pending): void {
    this.places.set(key, [...this.at(key), pending]);
  }

  /** Drops those that have come true meanwhile, or whose target is gone. */
  reconsider(look: Look): void {
    const left = this.at(look.key).filter((pending) => {
      const { is } = verdictOn(pending, look);
      return is === 'waiting' || is === 'undone';
    });
    this.keep(look.key, left);
  }

  /** Whether this step is in doubt. */
  concern(key: string, action: PlannedAction): boolean {
    return this.at(key).some((pending) => pending.action.id === action.id);
  }

  /** What holds a step back that touches an application in doubt. */
  hold(key: string, action: PlannedAction): Hold | undefined {
    const touched = new Set(applicationsOf({ action }));
    const doubt = this.at(key).find((pending) => applicationsOf(pending).some((name) => touched.has(name)));
    if (doubt === undefined) return undefined;
    const message = `an earlier change was not seen to work: ${doubt.action.effect}`;
    return { state: 'WaitingDependency', reason: 'EarlierStepInReview', message };
  }

  /** A person has looked at it: it is no longer in doubt. */
  clear(key: string, action: PlannedAction): void {
    this.keep(
      key,
      this.at(key).filter((pending) => pending.action.id !== action.id),
    );
  }

  forget(key: string): void {
    this.places.delete(key);
  }

  private keep(key: string, left: readonly Pending[]): void {
    if (left.length === 0) this.places.delete(key);
    else this.places.set(key, left);
  }

  private at(key: string): readonly Pending[] {
    return this.places.get(key) ?? [];
  }
}
