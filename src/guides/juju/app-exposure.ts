import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import { defineControl } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import { isWorldOpen } from '../shared/cidr.js';
import { modelRef } from '../shared/model-ref.js';
import { cidr } from '../shared/params.js';
import { declarationFor, isWithin, type Declaration } from './declared-exposure.js';
import { documents } from './documents.js';
import { closing } from './exposure-remedy.js';
import { openings, openingText, type Opening } from './exposure.js';
import { isPlainName } from './identities.js';
import { hasFirewall } from './provider.js';

const params = z.object({
  declared: z
    .record(z.string(), z.array(z.union([cidr, z.string().startsWith('space:')])))
    .default({})
    .meta({
      description:
        'Each application, or application:endpoint, with the address blocks and spaces (space:NAME) to which it may be exposed.',
    }),
});

export const neededExposure = defineControl({
  id: 'JUJU-APP-02',
  title: 'Applications are exposed only as needed, to named networks',
  severity: 'high',
  section: 'Harden the applications',
  rationale:
    'Exposing opens the ports of the application in the firewall of the cloud, to every address unless networks are named.',
  references: [documents.harden, documents.applications],
  evidence: ['S', 'J'],
  scope: 'application',
  params,
  reasons: {
    ExposedToWorld: 'The application is exposed to every address.',
    ExposedUndeclared: 'The application is exposed, and the policy does not declare that.',
    ExposedBeyondDeclared: 'The application is exposed to more networks than the policy declares.',
    CidrsNotShown: 'The application is exposed; the road does not show to whom.',
    NoFirewall: 'Juju has no firewall on this cloud, so what is exposed proves nothing.',
    FirewallNotSeen: 'The exposure is as wanted; whether the cloud has a firewall to hold it was not seen.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Find out who connects from outside. Run 'juju expose APPLICATION --to-cidrs LIST' with their networks, or 'juju unexpose APPLICATION'. Declare the networks in the policy.",
  hazards: [
    'Clients outside the networks are cut off at once.',
    "'juju expose' takes and stores networks that are none, such as 10.0.0.0/99.",
  ],
  evaluate(view, context) {
    const fact = view.get('exposure');
    if (!isKnown(fact)) return notSeen(fact, 'not exposed, or as declared');
    if (!fact.value.exposed)
      return held(view, 'not exposed', evidenceOf(fact, 'not exposed', 'not exposed, or as declared'));
    const declared = declarationFor(view.name, context.params.declared);
    const wanted = declared.text;
    const open = openings(fact.value);
    if (open === undefined) {
      const seen = evidenceOf(fact, 'exposed', wanted);
      if (!declared.any) return fail('ExposedUndeclared', 'exposed, which is not declared', seen);
      return unsettled('CidrsNotShown', 'exposed; to whom is not shown', seen);
    }
    const wrong = open.filter((opening) => !isWithin(opening, declared));
    const seen = evidenceOf(fact, open.map(openingText).join('; '), wanted);
    if (wrong.length > 0)
      return fail(reasonFor(wrong, declared), `exposed: ${wrong.map(openingText).join('; ')}`, seen);
    const isForAll = open.some(({ cidrs }) => cidrs.some(isWorldOpen));
    return isForAll ? pass('exposed as declared', seen) : held(view, 'exposed as declared', seen);
  },
  remediate(view, context): readonly Remedy[] {
    const model = modelRef(view.model);
    const exposure = valueOf(view.get('exposure'));
    const open = exposure && openings(exposure);
    if (model === undefined || open === undefined || !isPlainName(view.name)) return [];
    const declared = declarationFor(view.name, context.params.declared);
    return closing({ model, application: view.name }, { open, declared, consumers: consumersOf(view) });
  },
});

/** What Juju says of exposure counts where the cloud has a firewall that it works on. */
function held(view: ApplicationView, message: string, seen: Evidence): Judgement {
  const firewall = hasFirewall(view.model);
  if (firewall === true) return pass(message, seen);
  return firewall === undefined
    ? unsettled('FirewallNotSeen', `${message}; whether its cloud has a firewall was not seen`, seen)
    : unsettled('NoFirewall', `${message}, but Juju closes no port on this cloud`, seen);
}

function reasonFor(wrong: readonly Opening[], declared: Declaration): string {
  if (wrong.some(({ cidrs }) => cidrs.some(isWorldOpen))) return 'ExposedToWorld';
  return declared.any ? 'ExposedBeyondDeclared' : 'ExposedUndeclared';
}

/** Users of the application in other models, who may come in through what is closed. */
function consumersOf(view: ApplicationView): readonly string[] {
  const offers = Object.values(valueOf(view.model.get('offers')) ?? {});
  return offers
    .filter(({ application, connections }) => application === view.name && connections !== 0)
    .map(({ name }) => `consumers of the offer ${name}`);
}
