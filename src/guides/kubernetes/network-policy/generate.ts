/** Writes the NetworkPolicies of a model: who needs which port of whom, and nothing else. */
import type { ApplicationView, ModelView } from '../../../core/evaluate/view.js';
import { isKnown } from '../../../core/fact.js';
import { applicationLabel } from '../../../core/kube/juju-labels.js';
import {
  commentText,
  policyText,
  type ProposedPolicy,
  type ReasonedRule,
} from '../../../core/kube/network-policy/text.js';
import { namespaceNameLabel } from '../../../core/kube/network-policy/world.js';
import type { EgressRule, IngressRule, NetworkPeer } from '../../../core/kube/network.js';
import type { WorkloadPorts } from '../../shared/workload-ports.js';
import { namespaceOf, type Caller } from './callers.js';
import { inboundOf, workloadPorts, type Declared } from './needs.js';
import { outboundOf, tcp, type Reaching } from './outbound.js';

export interface GenerateOptions extends Declared {
  /** Whether what the pods themselves may reach is limited, too. */
  readonly egress: boolean;
}

export interface GeneratedPolicies {
  readonly policies: readonly ProposedPolicy[];
  /** What the policies leave out and a person has to think of, in sentences. */
  readonly doubts: readonly string[];
}

/** The policies for all databases and brokers of a model, in the order of the model. */
export function generatePolicies(model: ModelView, options: GenerateOptions): GeneratedPolicies {
  const policies: ProposedPolicy[] = [];
  const doubts: string[] = [];
  for (const app of model.applications()) {
    const made = policyFor(app, options);
    if (typeof made === 'string') doubts.push(made);
    else if (made !== undefined) {
      policies.push(made.policy);
      doubts.push(...made.doubts);
    }
  }
  return { policies, doubts: [...new Set(doubts)] };
}

/** All policies of a model as one text for `kubectl apply -f`. */
export function policiesText(model: ModelView, options: GenerateOptions): string {
  const { policies, doubts } = generatePolicies(model, options);
  const head = [
    `NetworkPolicies for the databases and brokers of model ${model.name}, from its relations.`,
    'Each admits those alone who are named. Kubelets are always let in, and agents of Juju dial out.',
    'Read them, then: kubectl apply --dry-run=server -f FILE, and kubectl apply -f FILE.',
    'They hold only where the network plugin enforces NetworkPolicies.',
    ...(policies.length === 0 ? ['There is none to write.'] : []),
    ...(doubts.length === 0
      ? []
      : ['', 'NOT COVERED, think of it yourself:', ...doubts.map((doubt) => `- ${doubt}`)]),
  ];
  return [...head.map(commentText), ...policies.map(policyText)].join('\n').trimEnd() + '\n';
}

interface Made {
  readonly policy: ProposedPolicy;
  readonly doubts: readonly string[];
}

/** Undefined for what keeps no data; a sentence where no policy can be written. */
function policyFor(app: ApplicationView, options: GenerateOptions): Made | string | undefined {
  if (!isKnown(app.get('charm'))) return `${app.name}: its charm was not read`;
  const ports = workloadPorts(app);
  if (ports?.keepsData !== true) return undefined;
  if (!isLabel(app.name)) return `${app.name}: no application of that name can run on Kubernetes`;
  return written(app, ports, options);
}

function written(app: ApplicationView, ports: WorkloadPorts, options: GenerateOptions): Made | string {
  const inbound = inboundOf(app, ports, options);
  const outbound = outboundOf(app, ports);
  if ('unknown' in inbound || 'unknown' in outbound)
    return `${app.name}: its relations were not read, so that nobody knows whom to admit`;
  const own = namespaceOf(app.model);
  const ingress = inbound.needs.flatMap(
    ({ why, who, ports: needed }): readonly ReasonedRule<IngressRule>[] => {
      const from = who.flatMap((caller) => peerOf(caller, own));
      return from.length === 0 ? [] : [{ why, rule: { from, ports: tcp(needed) } }];
    },
  );
  const egress = outbound.reaching.flatMap((reaching) => egressRule(reaching, own));
  const policy = {
    name: `holdfast-${app.name}`,
    namespace: own,
    about: `${app.name} (${ports.charm}); its ports from ${ports.source}`,
    podSelector: { matchLabels: { [applicationLabel]: app.name } },
    ingress,
  };
  const doubts = options.egress ? [...inbound.doubts, ...outbound.doubts] : inbound.doubts;
  return { policy: options.egress ? { ...policy, egress } : policy, doubts };
}

/** A rule whose parties cannot be found is left out: without parties it would mean everybody. */
function egressRule({ why, to, ports }: Reaching, own: string): readonly ReasonedRule<EgressRule>[] {
  const peers = to.flatMap((caller) => peerOf(caller, own));
  if (to.length > 0 && peers.length === 0) return [];
  const rule = {
    ...(peers.length === 0 ? {} : { to: peers }),
    ...(ports.length === 0 ? {} : { ports }),
  };
  return [{ why, rule }];
}

/** A caller as Kubernetes finds it; names that no object of it can bear find nothing. */
function peerOf(caller: Caller, own: string): readonly NetworkPeer[] {
  if (caller.kind === 'block') return [{ ipBlock: { cidr: caller.cidr } }];
  if (!isLabel(caller.namespace)) return [];
  const space = { matchLabels: { [namespaceNameLabel]: caller.namespace } };
  if (caller.kind === 'namespace') return [{ namespaceSelector: space }];
  if (!isLabel(caller.application)) return [];
  const podSelector = { matchLabels: { [applicationLabel]: caller.application } };
  return caller.namespace === own ? [{ podSelector }] : [{ namespaceSelector: space, podSelector }];
}

/** Whether a name can be that of a Kubernetes object, and so the value of a label. */
function isLabel(name: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
}
