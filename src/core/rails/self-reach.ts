/** Actions on the controller itself: its API must stay within reach of everything that needs it, and of us. */
import type { Action, ModelRef } from '../action/action.js';
import { coveredBy } from '../cidr.js';
import { valueOf } from '../fact.js';
import type { ProposedStep } from '../plan.js';
import type { ControllerState, ModelState } from '../snapshot.js';
import { addressesOf } from './addresses.js';
import type { Harm } from './self-access.js';

type Found = Harm | undefined;

export function reachHarm({ action: { args }, findings }: ProposedStep, controller: ControllerState): Found {
  if (args.type === 'set-controller-config') return settingHarm(args.key);
  if (!('application' in args) || !isControllerApplication(args, controller)) return undefined;
  if (args.type === 'expose') return exposureHarm(args.cidrs, ownAddresses(findings), controller);
  if (harmless.has(args.type)) return undefined;
  const message = `${args.type} on the application of the controller itself is for a person`;
  return { reason: 'ControllerApplication', message };
}

const harmless: ReadonlySet<Action['type']> = new Set(['trust']);

/** Keys that decide by which way, and as whom, anybody gets to the controller. */
const waysIn: ReadonlySet<string> = new Set([
  'allow-model-access',
  'api-port',
  'autocert-dns-name',
  'autocert-url',
  'controller-api-port',
  'identity-public-key',
  'identity-url',
  'juju-ha-space',
  'juju-mgmt-space',
  'public-dns-address',
]);

function settingHarm(key: string): Found {
  if (!waysIn.has(key)) return undefined;
  return {
    reason: 'WayToController',
    message: `${key} decides who reaches the controller: it is set by a person only`,
  };
}

function isControllerApplication(
  { model, application }: { readonly model: ModelRef; readonly application: string },
  controller: ControllerState,
): boolean {
  const state = controller.models[model.model];
  const charm = state?.applications[application]?.charm;
  const isNamed = application === 'controller' || (charm && valueOf(charm)?.name) === 'juju-controller';
  return isNamed && (model.model === 'controller' || isControllerModel(state));
}

function isControllerModel(model: ModelState | undefined): boolean {
  return model !== undefined && valueOf(model.info)?.isController === true;
}

/** Our own addresses as the controller sees them: only the policy can know them. */
function ownAddresses(findings: ProposedStep['findings']): readonly string[] {
  return findings.flatMap(({ settings }) => {
    const given = settings.params['ownAddresses'];
    return Array.isArray(given) ? given.filter((one): one is string => typeof one === 'string') : [];
  });
}

function exposureHarm(cidrs: readonly string[], own: readonly string[], controller: ControllerState): Found {
  const unreachable = (message: string): Harm => ({ reason: 'ControllerOutOfReach', message });
  if (own.length === 0)
    return unreachable(
      'our own addresses are not known (parameter ownAddresses): we might lock ourselves out',
    );
  const seen = addressesOf(controller);
  if ('gap' in seen) return unreachable(`${seen.gap}: what is there might lose the controller`);
  const lost = [...new Set([...own, ...seen.addresses])].filter((address) => !coveredBy(cidrs, address));
  if (lost.length === 0) return undefined;
  const more = lost.length > 3 ? ` and ${lost.length - 3} more` : '';
  return unreachable(`${lost.slice(0, 3).join(', ')}${more} would lose the controller`);
}
