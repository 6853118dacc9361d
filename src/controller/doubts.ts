/**
 * Changes that went through and were not seen to work before their time was over. A person looks at them; until they
 * are seen to work, nothing more is done to the applications that they touched: whatever comes next was planned on
 * them.
 */
import type { ProposedStep } from '../core/plan.js';
import { applicationsOf, type Hold } from './guard.js';
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
    if (left.length === 0) this.places.delete(look.key);
    else this.places.set(look.key, left);
  }

  /** Whether this step is in doubt. */
  concern(key: string, step: ProposedStep): boolean {
    return this.at(key).some((pending) => pending.step.action.id === step.action.id);
  }

  /** What holds a step back that touches an application in doubt. */
  hold(key: string, step: ProposedStep): Hold | undefined {
    const touched = new Set(applicationsOf(step));
    const doubt = this.at(key).find((pending) =>
      applicationsOf(pending.step).some((name) => touched.has(name)),
    );
    if (doubt === undefined) return undefined;
    const message = `an earlier change was not seen to work: ${doubt.step.action.effect}`;
    return { state: 'WaitingDependency', reason: 'EarlierStepInReview', message };
  }

  forget(key: string): void {
    this.places.delete(key);
  }

  private at(key: string): readonly Pending[] {
    return this.places.get(key) ?? [];
  }
}
