import type { Action } from '../../core/action/action.js';
import { valueOf } from '../../core/fact.js';
import type { Finding } from '../../core/finding.js';
import type { PlannedAction } from '../../core/action/planned.js';
import { plan } from '../../core/plan.js';
import type { Policy } from '../../core/policy/policy.js';
import { settingsResolver } from '../../core/policy/resolve.js';
import type { ModelState, Snapshot } from '../../core/snapshot.js';

/** A set of commands that is disabled in a model, or would be, although our own fixes there need one of them. */
export interface BlockInTheWay {
  readonly model: string;
  readonly commandSet: string;
  /** The commands of the plan, and of its undoing, that Juju would refuse. */
  readonly commands: readonly string[];
  readonly message: string;
}

const removing: readonly Action['type'][] = ['remove-relation'];

/** What `juju disable-command` refuses of what we do (Juju: disable-command). */
const stopped: Readonly<Record<string, readonly Action['type'][]>> = {
  'destroy-model': [],
  'remove-object': removing,
  all: [
    ...removing,
    'integrate',
    'set-config',
    'reset-config',
    'set-model-config',
    'reset-model-config',
    'expose',
    'unexpose',
    'trust',
    'remove-trust',
  ],
};

const control = { guide: 'juju', id: 'JUJU-MODEL-01', parameter: 'commandSets' } as const;

/**
 * The blocks of each model, those that are there and those that the policy wants, that would stop the plans for it or
 * their undoing, had the policy proposed everything.
 */
export function blocksInTheWay(
  policy: Policy,
  snapshot: Snapshot,
  judge: (policy: Policy) => readonly Finding[],
): readonly BlockInTheWay[] {
  const sets = modelsOf(snapshot).map((model) => ({ model, commandSets: setsOf(model, policy) }));
  if (sets.every(({ commandSets }) => commandSets.every((set) => stoppedBy(set).length === 0))) return [];
  const actions = plannedFor(policy, snapshot, judge);
  return sets.flatMap(({ model, commandSets }) =>
    commandSets.flatMap((set) => inTheWay(model, set, actions(model))),
  );
}

/** A sentence for each rule that wants commands blocked which our own fixes need, whatever the estate. */
export function blockingRules({ rules }: Policy): readonly string[] {
  return rules.flatMap(({ params }, index) =>
    listIn(params?.[control.parameter]).flatMap((set) => {
      const commands = stoppedBy(set);
      if (commands.length === 0) return [];
      const undone = set === 'all' ? '' : ', and with it the undoing of every integrate';
      return [
        `rules[${index}] (${control.parameter} ${set}) would have our own fixes refused that need ${commands.join(', ')}${undone}`,
      ];
    }),
  );
}

function modelsOf(snapshot: Snapshot): readonly ModelState[] {
  return Object.values(snapshot.controllers).flatMap(({ models }) => Object.values(models));
}

function setsOf(model: ModelState, policy: Policy): readonly string[] {
  const target = { kind: 'model', controller: model.controller, model: model.name } as const;
  const { params } = settingsResolver(policy)(target, control.guide, control.id);
  const present = (valueOf(model.blocks) ?? []).map(({ commandSet }) => commandSet);
  return [...new Set([...present, ...listIn(params[control.parameter])])];
}

function listIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function stoppedBy(set: string): readonly Action['type'][] {
  return Object.hasOwn(stopped, set) ? (stopped[set] ?? []) : [];
}

function plannedFor(
  policy: Policy,
  { takenAt }: Snapshot,
  judge: (policy: Policy) => readonly Finding[],
): (model: ModelState) => readonly PlannedAction[] {
  const proposing: Policy = {
    ...policy,
    defaults: { ...policy.defaults, mode: 'propose' },
    rules: policy.rules.map((rule) => ({ ...rule, mode: 'propose' })),
  };
  const plans = plan(judge(proposing), Date.parse(takenAt)).map((proposal) => proposal.plan);
  return ({ name, controller }) =>
    plans
      .filter(({ target }) => target.model === name && (target.controller ?? '') === controller)
      .flatMap(({ actions }) => actions);
}

function inTheWay(
  { name, controller }: ModelState,
  commandSet: string,
  actions: readonly PlannedAction[],
): BlockInTheWay[] {
  const refused = stoppedBy(commandSet);
  const uses = actions.flatMap((action) => [
    ...(refused.includes(action.type) ? [{ command: action.type, text: action.type, action }] : []),
    ...(action.inverse ?? [])
      .filter(({ type }) => refused.includes(type))
      .map(({ type }) => ({ command: type, text: `${type} to undo it`, action })),
  ]);
  if (uses.length === 0) return [];
  const model = controller === '' ? name : `${controller}:${name}`;
  const texts = Map.groupBy(uses, ({ text }) => text);
  const told = [...texts].map(([text, group]) => `${text}: ${controlsIn(group)}`).join('; ');
  const message = `the block ${commandSet} on ${model} would stop our own fixes there (${told}): juju enable-command ${commandSet} before, and disable it again after`;
  return [{ model, commandSet, commands: [...new Set(uses.map(({ command }) => command))], message }];
}

function controlsIn(uses: readonly { readonly action: PlannedAction }[]): string {
  return [...new Set(uses.flatMap(({ action }) => action.controls))].sort().join(', ');
}
