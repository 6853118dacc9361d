import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass } from '../../core/judgement.js';
import { lookup } from '../shared/lookup.js';
import { modelRef } from '../shared/model-ref.js';
import { names } from '../shared/params.js';
import { documents } from './documents.js';
import { isPlainName } from './identities.js';

export const neededTrust = defineControl({
  id: 'JUJU-APP-01',
  title: 'Only charms that need it are trusted',
  severity: 'high',
  section: 'Harden the applications',
  rationale: "A trusted charm gets the cloud's credential, on Kubernetes the whole cluster.",
  references: [documents.harden, documents.applications],
  evidence: ['J'],
  scope: 'application',
  params: z.object({
    allowed: names().meta({
      description: 'Charms or applications, by name, that may be trusted besides those known to need it.',
    }),
  }),
  reasons: { TrustNotNeeded: 'An application is trusted whose charm is not known to need it.' },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Read in the charm's documentation what it needs trust for. If nothing, run 'juju trust APPLICATION --remove' (on Kubernetes with --scope=cluster); else name it in the policy.",
  hazards: ['A charm that does need trust goes into error at its next hook.'],
  evaluate(view, { params, knowledge }) {
    const fact = view.get('trust');
    const wanted = 'trusted only where needed';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    if (!fact.value) return pass('not trusted', evidenceOf(fact, 'not trusted', wanted));
    const charm = valueOf(view.get('charm'))?.name;
    const seen = evidenceOf(fact, 'trusted', wanted);
    const needed = charm !== undefined && lookup(knowledge.trustNeeded, charm) !== undefined;
    if (needed) return pass(`trusted, which ${charm} needs`, seen);
    if (params.allowed.includes(view.name) || (charm !== undefined && params.allowed.includes(charm)))
      return pass('trusted, as declared', seen);
    return fail('TrustNotNeeded', `trusted, which ${charm ?? 'its charm'} is not known to need`, seen);
  },
  remediate(view) {
    const model = modelRef(view.model);
    const type = valueOf(view.model.get('info'))?.type;
    if (model === undefined || type === undefined || !isPlainName(view.name)) return [];
    const change = { model, application: view.name, kubernetes: type === 'caas' };
    return [
      {
        action: { type: 'remove-trust', ...change },
        undo: { inverse: [{ type: 'trust', ...change }] },
        effect: `the charm of ${view.name} can use the cloud's credential no more`,
        risk: 'medium',
        disruptive: true,
        repeatable: true,
        cutsOff: [],
        preconditions: [{ type: 'application-present', application: view.name }],
      },
    ];
  },
});
