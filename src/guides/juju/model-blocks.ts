import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass } from '../../core/judgement.js';
import { modelRef } from '../shared/model-ref.js';
import { documents } from './documents.js';

const commandSet = z.enum(['destroy-model', 'remove-object', 'all']);
type CommandSet = z.output<typeof commandSet>;

/** Each set, with the sets that block at least the same commands. */
const coveredByBlock: Readonly<Record<CommandSet, readonly string[]>> = {
  'destroy-model': ['destroy-model', 'remove-object', 'all'],
  'remove-object': ['remove-object', 'all'],
  all: ['all'],
};

export const blockedCommands = defineControl({
  id: 'JUJU-MODEL-01',
  title: 'Dangerous commands are blocked',
  severity: 'medium',
  section: 'Harden the model(s)',
  rationale: 'A block makes destroying a model take two deliberate steps instead of one mistaken name.',
  references: [documents.harden, documents.models],
  evidence: ['J'],
  scope: 'model',
  params: z.object({
    commandSets: z
      .array(commandSet)
      .default(['destroy-model'])
      .meta({ description: 'The sets of commands that have to be blocked.' }),
  }),
  reasons: { CommandsNotBlocked: 'A set of dangerous commands that the policy wants blocked is not.' },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    'Run \'juju disable-command -m MODEL destroy-model "message"\'. For remove-object and all decide first how relations, units and ' +
    "applications are to be removed meanwhile: 'juju enable-command' lifts the block.",
  hazards: [
    'remove-object stops the removal of relations, units and applications, the undoing of our own changes included.',
    'all stops every change to the model, for superusers too.',
  ],
  evaluate(view, { params }) {
    const fact = view.get('blocks');
    const wanted = `blocked: ${params.commandSets.join(', ')}`;
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const blocked = new Set(fact.value.map((block) => block.commandSet));
    const missing = missingSets(params.commandSets, blocked);
    const seen = evidenceOf(fact, [...blocked].join(', ') || 'none', wanted);
    if (missing.length === 0) return pass(`blocked: ${[...blocked].join(', ') || 'nothing is wanted'}`, seen);
    return fail('CommandsNotBlocked', `not blocked: ${missing.join(', ')}`, seen);
  },
  remediate(view, { params }) {
    const model = modelRef(view);
    const blocks = valueOf(view.get('blocks'));
    const missing = missingSets(params.commandSets, new Set(blocks?.map((block) => block.commandSet)));
    if (model === undefined || !missing.includes('destroy-model')) return [];
    const set = 'destroy-model';
    return [
      {
        action: {
          type: 'disable-command',
          model,
          commandSet: set,
          message: 'blocked by the hardening policy',
        },
        undo: { inverse: [{ type: 'enable-command', model, commandSet: set }] },
        effect: 'the model cannot be destroyed until somebody enables the command again',
        risk: 'low',
        disruptive: false,
        repeatable: true,
        cutsOff: [],
        preconditions: [],
      },
    ];
  },
});

function missingSets(wanted: readonly CommandSet[], blocked: ReadonlySet<string>): readonly CommandSet[] {
  return wanted.filter((set) => !coveredByBlock[set].some((name) => blocked.has(name)));
}
