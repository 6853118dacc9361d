/** Plans that wait for a person are kept in the journal, so that what is approved is what was shown. */
import type { Proposal } from '../core/plan.js';
import type { Write } from '../core/ports/index.js';
import { splitPlan } from '../core/rails/split-plan.js';
import type { ModelState } from '../core/snapshot.js';

/** Plans whose writing is remembered; older ones are written once more, which changes nothing. */
const remembered = 1000;

export class Approvable {
  private readonly written = new Set<string>();

  /** What writes down the plan, and the parts that it could be approved in, where they are not written down yet. */
  missing(proposal: Proposal, model: ModelState | undefined): readonly Write[] {
    return [proposal.plan, ...splitPlan(proposal, model)]
      .filter(({ hash }) => !this.written.has(hash))
      .map((plan) => ({ type: 'plan', plan }));
  }

  /** They are written down now. */
  keep(writes: readonly Write[]): void {
    for (const write of writes) {
      if (write.type !== 'plan') continue;
      if (this.written.size >= remembered) this.written.clear();
      this.written.add(write.plan.hash);
    }
  }
}
