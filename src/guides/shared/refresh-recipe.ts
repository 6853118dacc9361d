import type { Action } from '../../core/action/action.js';
import type { Recipe, RecipeStep } from '../../core/action/recipe.js';
import type { Context } from '../../core/control.js';
import { isNewFlow, pauseOption, type RefreshFlow } from '../../core/refresh/flow.js';
import type { Charm } from '../../core/snapshot.js';
import { lookup } from './lookup.js';
import type { Subject } from './refresh-subject.js';

export type Given = Pick<Context<unknown>, 'time' | 'knowledge'>;

type Target = Pick<Extract<Action, { type: 'refresh' }>, 'revision' | 'channel' | 'trust'>;

/**
 * Where to: on machines the revision; on Kubernetes what the channel holds, because a revision alone leaves the old
 * image running (charm facts, section 3). Never another track or risk; undefined where that is not settled.
 */
function targetOf({ charm, flow }: Subject, revision: number, given: Given): Target | undefined {
  if (!isInPlainChannel(charm, flow)) return undefined;
  if (flow.substrate === 'machine') return { revision };
  const isTrusting = lookup(given.knowledge.trustNeeded, charm.name) !== undefined;
  return { channel: charm.channel, ...(isTrusting ? { trust: true } : {}) };
}

/** Branches of a channel are somebody's trial. */
function isInPlainChannel(charm: Charm, flow: RefreshFlow): charm is Charm & { readonly channel: string } {
  const { track, risk, channel } = charm;
  if (track === undefined || risk === undefined || channel !== `${track}/${risk}`) return false;
  return flow.risk === undefined || flow.risk === risk;
}

/**
 * The refresh as a whole, the same at each of its steps: it is named before the first one, and found again once the
 * charm has the revision that it leads to.
 */
export function recipeTo(revision: number, subject: Subject, given: Given): Recipe | undefined {
  const { app, model, flow } = subject;
  const target = targetOf(subject, revision, given);
  if (target === undefined) return undefined;
  const { check, resume } = flow;
  const steps: readonly RecipeStep[] = [
    { type: 'run-action', action: check },
    ...(isNewFlow(flow) ? [{ type: 'set-config', key: pauseOption, value: 'first' } as const] : []),
    { type: 'refresh', ...target },
    ...(resume === undefined ? [] : [{ type: 'run-action', action: resume } as const]),
  ];
  return { type: 'refresh', model, application: app.name, revision, steps };
}
