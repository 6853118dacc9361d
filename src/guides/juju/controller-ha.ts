import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import { controllerModel, controllerModelReasons } from './controller-model.js';
import { documents } from './documents.js';

export const highAvailability = defineControl({
  id: 'JUJU-CTRL-07',
  title: 'The controller is highly available',
  severity: 'medium',
  section: 'Harden the controller(s)',
  rationale:
    'With one controller machine gone, nothing in any model can be changed, repaired or even looked at.',
  references: [documents.harden, documents.controllers],
  evidence: ['J', 'S'],
  scope: 'controller',
  params: z.object({
    voters: z
      .int()
      .min(1)
      .default(3)
      .meta({ description: 'How many voting controller machines or units there have to be at least.' }),
  }),
  reasons: {
    TooFewControllers: 'Fewer controller machines vote than the policy wants.',
    ...controllerModelReasons,
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "On Juju 3 run 'juju enable-ha -n 3'; on Juju 4 run 'juju add-unit -m controller controller -n 2'. Wait until all of them vote.",
  hazards: ['More machines are used, and their addresses must reach each other on the database port.'],
  evaluate(view, { params }) {
    const model = controllerModel(view);
    const wanted = `${params.voters} or more voting`;
    if (model === undefined) {
      return unsettled(
        'ControllerModelNotSeen',
        "the controller's own model is not seen; needs read on the model controller",
      );
    }
    return judgeVoters(model, params.voters, wanted);
  },
});

function judgeVoters(model: ModelView, least: number, wanted: string): Judgement {
  const machines = model.get('machines');
  if (!isKnown(machines)) return notSeen(machines, wanted);
  const all = Object.values(machines.value);
  const voting = all.some(({ hasVote }) => hasVote !== undefined)
    ? all.filter(({ hasVote }) => hasVote === true).length
    : unitCount(model);
  const seen = evidenceOf(machines, `${voting} voting`, wanted);
  if (voting >= least) return pass(`${voting} controllers vote`, seen);
  return fail('TooFewControllers', `${voting} of the ${least} controllers wanted`, seen);
}

/** Where machines carry no vote (Kubernetes), the controller's units are counted. */
function unitCount(model: ModelView): number {
  const units = model.application('controller')?.get('units');
  return Object.keys((units && valueOf(units)) ?? {}).length;
}
