import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf, type Known } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { Exposure } from '../../core/snapshot.js';
import { coveredBy, isWorldOpen } from './cidr.js';

/** From where the policy lets an application be reached. */
export interface Reach {
  readonly cidrs: readonly string[];
  readonly spaces: readonly string[];
}

/** The reasons that `exposureJudgement` gives. */
export const exposureReasons = {
  Exposed: 'The application is exposed to addresses that the policy does not declare.',
  ExposureNotShown: 'The application is exposed, and the road does not show to which addresses.',
  NoFirewall: 'The exposure is as wanted, but the cloud has no firewall that would hold it.',
  FirewallNotSeen: 'The exposure is as wanted; whether the cloud has a firewall to hold it was not seen.',
} as const;

/** Providers on which Juju opens and closes no ports, so that `exposed` says nothing. */
const withoutFirewall: ReadonlySet<string> = new Set([
  'manual',
  'unmanaged',
  'maas',
  'lxd',
  'kubernetes',
  'k8s',
]);

/** Whether an application is exposed only as declared, on a cloud that holds what is not exposed closed. */
export function exposureJudgement(app: ApplicationView, reach: Reach): Judgement {
  const wanted = reach.cidrs.length === 0 ? 'not exposed' : `exposed to ${reach.cidrs.join(', ')} at most`;
  const exposure = app.get('exposure');
  if (!isKnown(exposure)) return notSeen(exposure, wanted);
  const seen = evidenceOf(exposure, exposureText(exposure.value), wanted);
  if (!exposure.value.exposed) return held(app, `${app.name} is not exposed`, seen);
  const isShown = Object.keys(exposure.value.endpoints ?? {}).length > 0;
  if (!isShown && reach.cidrs.length > 0) {
    return unsettled('ExposureNotShown', `${app.name} is exposed; to whom is not shown`, seen);
  }
  const open = isShown ? tooOpen(exposure.value, reach) : [''];
  if (open.length === 0) {
    const message = `${app.name} is exposed only as declared`;
    return reach.cidrs.some(isWorldOpen) ? pass(message, seen) : held(app, message, seen);
  }
  return fail(
    'Exposed',
    `${app.name} is exposed to more than is declared: ${exposureText(exposure.value)}`,
    seen,
  );
}

/** What Juju says of exposure counts where the cloud has a firewall that it works on. */
function held(app: ApplicationView, message: string, seen: Evidence): Judgement {
  const provider = valueOf(app.model.get('info'))?.provider;
  if (provider === undefined)
    return unsettled('FirewallNotSeen', `${message}; whether its cloud has a firewall was not seen`, seen);
  if (withoutFirewall.has(provider))
    return unsettled('NoFirewall', `${message}, but ${provider} clouds have no firewall to hold that`, seen);
  return pass(message, seen);
}

/** The exposed endpoints that are open to more than is declared; `''` stands for all endpoints. */
export function tooOpen({ endpoints = {} }: Exposure, reach: Reach): readonly string[] {
  return Object.keys(endpoints).filter((name) => {
    const to = endpoints[name];
    if (to === undefined) return false;
    const undeclared =
      to.cidrs.some((cidr) => !coveredBy(reach.cidrs, cidr)) ||
      to.spaces.some((space) => !reach.spaces.includes(space));
    return undeclared || to.cidrs.length + to.spaces.length === 0;
  });
}

/** The exposure of an application as the road shows it. */
export function exposureOf(app: ApplicationView): Known<Exposure> | undefined {
  const fact = app.get('exposure');
  return isKnown(fact) ? fact : undefined;
}

function exposureText({ exposed, endpoints }: Exposure): string {
  if (!exposed) return 'not exposed';
  const each = Object.keys(endpoints ?? {}).map((name) => {
    const to = [...(endpoints?.[name]?.cidrs ?? []), ...(endpoints?.[name]?.spaces ?? [])];
    return `${name === '' ? 'all endpoints' : name} to ${to.length === 0 ? 'everyone' : to.join(', ')}`;
  });
  return each.length === 0 ? 'exposed' : each.join('; ');
}
