import { argvOf } from '../action/argv.js';
import type { PlannedAction } from '../action/planned.js';
import { InputError } from '../input-error.js';
import { planHash, type Plan } from '../plan.js';
import type { Journal } from '../ports/index.js';
import { targetLabel } from '../target.js';
import { listed } from '../text.js';

/** The plan with this hash, or the only one whose hash begins so. @throws InputError */
export async function findPlan(journal: Journal, text: string): Promise<Plan> {
  const prefix = text.trim().toLowerCase();
  if (!/^[\da-f]{4,64}$/.test(prefix))
    throw new InputError(`"${text}" is no plan: write its id, its hash, or four letters of it at least`);
  const [plan, ...others] = await journal.plans(prefix);
  if (plan === undefined)
    throw new InputError(`the journal has no plan ${prefix}: holdfast orders lists those that wait`);
  if (others.length > 0) throw ambiguous(prefix, [plan, ...others]);
  if (!isAsMade(plan))
    throw new InputError(`plan ${plan.id} was altered in the journal after it was made: do not go by it`);
  return plan;
}

function ambiguous(prefix: string, plans: readonly Plan[]): InputError {
  const names = plans.map(({ id, target }) => `${id} (${targetLabel(target)})`);
  return new InputError(`${plans.length} plans begin with ${prefix}: ${listed(names, 5)}. Write more of it`);
}

/** What is shown to the person must be what the hash names, and what would be done. */
function isAsMade(plan: Plan): boolean {
  return planHash(plan) === plan.hash && plan.actions.every(saysWhatItDoes);
}

function saysWhatItDoes({ type, args, argv }: PlannedAction): boolean {
  return type === args.type && JSON.stringify(argv) === JSON.stringify(['juju', ...argvOf(args)]);
}
