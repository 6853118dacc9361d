import type { Action, ModelRef } from '../../core/action/action.js';
import type { PlannedAction } from '../../core/action/planned.js';
import { valueOf } from '../../core/fact.js';
import type { Plan } from '../../core/plan.js';
import type { Snapshot } from '../../core/snapshot.js';
import { targetLabel } from '../../core/target.js';
import { accessLines } from './access.js';
import { Addresses } from './addresses.js';
import { applicationLines } from './application.js';
import { block, comment, quotedText } from './hcl.js';
import { integrationLines, removedRelationLines } from './relation.js';
import { guessNote, sheetFor, withModuleNote, type Sheet } from './sheet.js';

export interface PrintOptions {
  readonly plans: readonly Plan[];
  /** What the plans were made from: tells which applications are of other models. */
  readonly snapshot: Snapshot;
  /** What `terraform show -json` printed of a state or plan, for the names of resources. */
  readonly state?: { readonly content: string; readonly source: string };
}

/**
 * Plans as HCL for the Juju provider: new resources, and the changed parts of those that are there. What Terraform
 * cannot do stands in a comment with the command.
 * @throws InputError when the state is none.
 */
export function printTerraform({ plans, snapshot, state }: PrintOptions): string {
  const sheet = sheetFor(new Addresses(state), (model, application) =>
    offerBehind(snapshot, model, application),
  );
  if (plans.length === 0) return '# Nothing to do by a plan.\n';
  return `${plans
    .flatMap((plan) => [...planLines(plan, sheet), ''])
    .join('\n')
    .trimEnd()}\n`;
}

function offerBehind(snapshot: Snapshot, model: ModelRef, application: string): string | undefined {
  const state = snapshot.controllers[model.controller]?.models[model.model];
  const remote = state && valueOf(state.remoteApplications)?.[application];
  return remote === undefined || state?.applications[application] !== undefined ? undefined : remote.offerUrl;
}

function planLines(plan: Plan, sheet: Sheet): readonly string[] {
  return [
    ...comment(`Plan ${plan.id} for ${targetLabel(plan.target)}, hash ${plan.hash.slice(0, 12)}.`),
    ...comment(
      'Nothing was changed. Put these parts into the configuration one after the other, each with its own "terraform plan" and "terraform apply": Terraform itself does not keep this order.',
    ),
    ...plan.actions.flatMap((action, index) => ['', ...actionLines(action, index + 1, sheet)]),
  ];
}

function actionLines(action: PlannedAction, n: number, sheet: Sheet): readonly string[] {
  const cutsOff = action.cutsOff.length === 0 ? [] : comment(`Cuts off: ${action.cutsOff.join(', ')}.`);
  return [
    ...comment(`${n}. ${action.effect} (${action.controls.join(', ')})`),
    ...cutsOff,
    ...fragment(action, sheet),
  ];
}

function fragment({ args: action, inverse }: PlannedAction, sheet: Sheet): readonly string[] {
  switch (action.type) {
    case 'integrate':
      return integrationLines(action, sheet);
    case 'remove-relation':
      return removedRelationLines(action, sheet);
    case 'set-config':
    case 'reset-config':
    case 'expose':
    case 'unexpose':
    case 'trust':
    case 'remove-trust':
    case 'refresh':
      return applicationLines(action, sheet);
    case 'set-model-config':
    case 'reset-model-config':
      return modelLines(action, sheet);
    case 'grant':
    case 'revoke':
      return (
        accessLines({ args: action, ...(inverse === undefined ? {} : { inverse }) }, sheet) ??
        byHand(action, sheet)
      );
    default:
      return byHand(action, sheet);
  }
}

function byHand(action: Action, sheet: Sheet): readonly string[] {
  return ['# Terraform has no resource for this; run:', sheet.command(action)];
}

type ModelSetting = Extract<Action, { type: 'set-model-config' | 'reset-model-config' }>;

function modelLines(action: ModelSetting, sheet: Sheet): readonly string[] {
  const named = sheet.addresses.model(action.model);
  const setting =
    action.type === 'set-model-config'
      ? ['# the other settings stay as they are', [quotedText(action.key), quotedText(action.value)] as const]
      : comment(`delete the line of ${action.key}; the other settings stay`);
  return [
    ...guessNote(named, `model ${action.model.model}`),
    ...withModuleNote(named),
    ...comment(`Change ${named.address}; what else stands in it stays as it is.`),
    ...block(`resource "juju_model" ${quotedText(named.label)}`, block('config =', setting)),
  ];
}
