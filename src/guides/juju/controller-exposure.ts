import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import { defineControl } from '../../core/control.js';
import type { ApplicationView, ControllerView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import { coveredBy, isWorldOpen } from '../shared/cidr.js';
import { modelRef } from '../shared/model-ref.js';
import { address, cidr } from '../shared/params.js';
import { controllerApplication, controllerModelReasons } from './controller-model.js';
import { documents } from './documents.js';
import { exposeAction, openings, openingText, reopening } from './exposure.js';
import { hasFirewall } from './provider.js';
import { callersOutside } from './api-callers.js';
import { controllerServices, controllerServicesReasons, isOnKubernetes } from './controller-services.js';
import { isOlder, versionOf } from './version.js';

/** From this version on the controller charm opens the API port, and exposing it governs who may reach it. */
const governedFrom = { major: 3, minor: 6, patch: 19, tag: '' };

export const controllerExposure = defineControl({
  id: 'JUJU-CTRL-06',
  title: "The controller's API is reachable only from known networks",
  severity: 'high',
  section: 'Harden the controller(s)',
  rationale: 'Who can reach the API can try passwords, and use the next flaw in it before it is patched.',
  references: [documents.harden, documents.security, documents.controllers],
  evidence: ['S', 'J', 'K'],
  scope: 'controller',
  params: z.object({
    cidrs: z.array(cidr).default([]).meta({
      description: "Address blocks from which the controller's API may be reached, as in 10.0.0.0/8.",
    }),
    worldOpen: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether the API may be open to the whole world.' }),
    ownAddresses: z.array(address).default([]).meta({
      description: 'Our own addresses as the controller sees them; without them nothing is closed.',
    }),
  }),
  reasons: {
    ApiOpenToWorld: 'The API port is open to every address.',
    ExposureDoesNotGovern:
      'Before 3.6.19 the exposure of the controller application does not govern its API port.',
    NoFirewall: 'Juju has no firewall on this cloud, so what is exposed says nothing.',
    CidrsNotShown: 'The road shows that it is exposed, not to whom.',
    ...controllerModelReasons,
    ...controllerServicesReasons,
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    'List every address that must reach port 17070: all controller, machine and unit addresses of all models, the controllers of ' +
    "cross-model peers, the administrators, and Holdfast's own. Then run 'juju expose -m controller controller --to-cidrs LIST' from an address on it.",
  hazards: ['An agent or administrator outside the list loses the controller, ourselves included.'],
  evaluate(view, { params }) {
    const wanted = params.worldOpen ? 'declared as open to the world' : 'not open to 0.0.0.0/0 or ::/0';
    const app = controllerApplication(view);
    if (app === undefined) {
      return unsettled(
        'ControllerModelNotSeen',
        "the controller's own model is not seen; needs read on the model controller",
      );
    }
    return controllerServices(app, params) ?? byExposure(view, app, { params, wanted });
  },
  remediate(view, { params }) {
    const app = controllerApplication(view);
    if (
      app === undefined ||
      isOnKubernetes(app) ||
      params.cidrs.length === 0 ||
      !holdsUs(params) ||
      callersOutside(view, params.cidrs)
    )
      return [];
    return narrowed(app, params.cidrs);
  },
});

interface Asked {
  readonly params: { readonly worldOpen: boolean };
  readonly wanted: string;
}

/** What Juju's own exposure of the controller says, where that governs the API. */
function byExposure(view: ControllerView, app: ApplicationView, { params, wanted }: Asked): Judgement {
  const exposure = app.get('exposure');
  if (!isKnown(exposure)) return notSeen(exposure, wanted);
  const gap = ungoverned(view, app);
  if (gap !== undefined)
    return unsettled(gap.reason, gap.message, evidenceOf(exposure, 'not governed by Juju', wanted));
  const open = openings(exposure.value);
  if (open === undefined)
    return unsettled(
      'CidrsNotShown',
      'to whom the API is open is not shown',
      evidenceOf(exposure, 'exposed', wanted),
    );
  const seen = evidenceOf(exposure, open.map(openingText).join('; ') || 'not exposed', wanted);
  const toWorld = open.some(({ cidrs }) => cidrs.some(isWorldOpen));
  if (toWorld && !params.worldOpen)
    return fail('ApiOpenToWorld', 'the API port is open to every address', seen);
  return pass(open.length === 0 ? 'the API is not exposed' : 'the API is open to named networks', seen);
}

function narrowed(app: ApplicationView, cidrs: readonly string[]): readonly Remedy[] {
  const model = modelRef(app.model);
  const exposure = valueOf(app.get('exposure'));
  const before = exposure && openings(exposure);
  // Openings of single endpoints would stay beside the new one.
  if (model === undefined || before?.every(({ endpoint }) => endpoint === '') !== true) return [];
  const place = { model, application: app.name };
  return [
    {
      action: exposeAction(place, '', cidrs),
      undo: reopening(place, before),
      effect: `the API is reachable from ${cidrs.join(', ')} only`,
      risk: 'high',
      disruptive: true,
      repeatable: true,
      cutsOff: [`clients outside ${cidrs.join(', ')}`],
      preconditions: [],
    },
  ];
}

function holdsUs({
  cidrs,
  ownAddresses,
}: {
  readonly cidrs: readonly string[];
  readonly ownAddresses: readonly string[];
}): boolean {
  return ownAddresses.length > 0 && ownAddresses.every((address) => coveredBy(cidrs, address));
}

function ungoverned(
  view: ControllerView,
  app: ApplicationView,
): { reason: string; message: string } | undefined {
  const version = versionOf(valueOf(view.get('info'))?.version ?? '');
  if (version === undefined || isOlder(version, governedFrom)) {
    return {
      reason: 'ExposureDoesNotGovern',
      message: 'before 3.6.19 the exposure of the controller does not govern its API port',
    };
  }
  if (hasFirewall(app.model) === false) {
    return {
      reason: 'NoFirewall',
      message: "Juju has no firewall on the controller's cloud: only a probe from outside would tell",
    };
  }
  return undefined;
}
