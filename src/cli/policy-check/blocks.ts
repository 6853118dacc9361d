import type { Action } from '../../core/action/action.js';
import { valueOf } from '../../core/fact.js';
import type { Finding } from '../../core/finding.js';
import { plan, type Plan } from '../../core/plan.js';
import type { Policy } from '../../core/policy/policy.js';
import type { ModelState, Snapshot } from '../../core/snapshot.js';

/** A set of commands that is disabled in a model although our own fixes there need one of them. */
export interface BlockInTheWay {
  readonly model: string;
  readonly commandSet: string;
  /** The commands of the plan that Juju would refuse. */
  readonly commands: readonly string[];
  readonly message: string;
}

/** What `juju disable-command remove-object` refuses of what we do, and `all` besides (Juju: disable-command). */
const removing: ReadonlySet<Action['type']> = new Set(['remove-relation']);
const changing: ReadonlySet<Action['type']> = new Set([
  'remove-relation',
  'integrate',
  'set-config',
  'reset-config',
  'set-model-config',
  'reset-model-config',
  'expose',
  'unexpose',
  'trust',
  'remove-trust',
]);

/** The blocks of each model that would stop the plans for it, had the policy proposed everything. */
export function blocksInTheWay(
  policy: Policy,
  snapshot: Snapshot,
  judge: (policy: Policy) => readonly Finding[],
): readonly BlockInTheWay[] {
  const blocked = modelsOf(snapshot).filter((model) => (valueOf(model.blocks) ?? []).length > 0);
  if (blocked.length === 0) return [];
  const proposing: Policy = {
    ...policy,
    defaults: { ...policy.defaults, mode: 'propose' },
    rules: policy.rules.map((rule) => ({ ...rule, mode: 'propose' })),
  };
  const plans = plan(judge(proposing), Date.parse(snapshot.takenAt)).map((proposal) => proposal.plan);
  return blocked.flatMap((model) => inTheWayOf(model, plans));
}

function modelsOf(snapshot: Snapshot): readonly ModelState[] {
  return Object.values(snapshot.controllers).flatMap(({ models }) => Object.values(models));
}

function inTheWayOf(model: ModelState, plans: readonly Plan[]): BlockInTheWay[] {
  const types = plans
    .filter(({ target }) => isFor(model, target))
    .flatMap(({ actions }) => actions.map(({ type }) => type));
  return (valueOf(model.blocks) ?? []).flatMap(({ commandSet }) => {
    const stopped = commandSet === 'all' ? changing : removing;
    const commands =
      commandSet === 'destroy-model' ? [] : [...new Set(types.filter((type) => stopped.has(type)))];
    return commands.length === 0 ? [] : [block(model, commandSet, commands)];
  });
}

function isFor(model: ModelState, target: Plan['target']): boolean {
  return target.model === model.name && (target.controller ?? '') === model.controller;
}

function block(
  { name, controller }: ModelState,
  commandSet: string,
  commands: readonly string[],
): BlockInTheWay {
  const model = controller === '' ? name : `${controller}:${name}`;
  const message = `the block ${commandSet} on ${model} would stop our own fixes there (${commands.join(', ')}): juju enable-command ${commandSet} before, and disable it again after`;
  return { model, commandSet, commands, message };
}
