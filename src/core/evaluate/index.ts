import type { Guide } from '../control.js';
import type { Finding } from '../finding.js';
import type { Knowledge } from '../knowledge.js';
import type { Policy } from '../policy/policy.js';
import type { Snapshot } from '../snapshot.js';
import { JudgedTime } from '../time.js';
import { isList } from './answers.js';
import { newRecorder } from './cell.js';
import { Judge } from './judge.js';
import { EstateView, viewsOf } from './view.js';

/** Nobody follows the changes of an estate that is looked at once. */
const unfollowed = {
  recorder: newRecorder(false),
  births: { born: () => undefined, gone: () => undefined },
};

/** The estate of a snapshot as controls see it, for what reads it once. */
export function viewOf(snapshot: Snapshot): EstateView {
  const estate = new EstateView(snapshot, unfollowed);
  estate.populate();
  return estate;
}

/** Judges a snapshot once, at the moment `asOf` (ms). Pure: same input, same findings. */
export function evaluate(
  guides: readonly Guide[],
  snapshot: Snapshot,
  rules: { readonly policy: Policy; readonly knowledge: Knowledge },
  asOf: number,
): readonly Finding[] {
  const judge = new Judge(guides, rules.policy, rules.knowledge);
  const estate = viewOf(snapshot);
  const found: Finding[] = [];
  const time = new JudgedTime(asOf);
  for (const view of viewsOf(estate)) {
    for (const question of judge.questionsFor(view)) {
      time.startOver();
      const answer = judge.findings(question, view, time);
      if (isList(answer)) found.push(...answer);
      else found.push(answer);
    }
  }
  return found;
}
