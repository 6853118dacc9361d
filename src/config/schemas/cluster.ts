import { z } from 'zod';
import { fact } from './fact.js';

const Group = z.record(z.string(), z.unknown());
const Texts = z.array(z.string());
const Labels = z.record(z.string(), z.string());
const object = { name: z.string(), labels: Labels, jujuAnnotations: Labels };
const Role = z.looseObject({
  ...object,
  rules: z.array(z.looseObject({ verbs: Texts, apiGroups: Texts, resources: Texts, resourceNames: Texts })),
});
const Binding = z.looseObject({
  ...object,
  role: z.looseObject({ kind: z.enum(['Role', 'ClusterRole']), name: z.string() }),
  subjects: z.array(z.looseObject({ kind: z.string(), name: z.string() })),
});
const Port = z.looseObject({ port: z.number(), protocol: z.string() });
const Container = z.looseObject({
  name: z.string(),
  kind: z.string(),
  image: z.string(),
  ports: z.array(Port),
  security: Group,
});
const Pod = z.looseObject({
  ...object,
  phase: z.string(),
  addresses: Texts,
  hostNetwork: z.boolean(),
  security: Group,
  containers: z.array(Container),
});
const Service = z.looseObject({
  ...object,
  type: z.string(),
  selector: Labels,
  ports: z.array(Group),
  externalIps: Texts,
  loadBalancerSourceRanges: Texts,
});
const EndpointSlice = z.looseObject({
  ...object,
  endpoints: z.array(z.looseObject({ addresses: Texts })),
});
const Selector = z.looseObject({
  matchLabels: Labels.exactOptional(),
  matchExpressions: z
    .array(z.looseObject({ key: z.string(), operator: z.string(), values: Texts.exactOptional() }))
    .exactOptional(),
});
const Peers = z
  .array(
    z.looseObject({
      podSelector: Selector.exactOptional(),
      namespaceSelector: Selector.exactOptional(),
      ipBlock: z.looseObject({ cidr: z.string(), except: Texts.exactOptional() }).exactOptional(),
    }),
  )
  .exactOptional();
const Rules = z
  .array(z.looseObject({ from: Peers, to: Peers, ports: z.array(Group).exactOptional() }))
  .exactOptional();
const NetworkPolicy = z.looseObject({
  ...object,
  spec: z.looseObject({ podSelector: Selector, policyTypes: Texts, ingress: Rules, egress: Rules }),
});

/** The facts of a namespace of a cluster, and those of the cluster itself; each object is keyed by its name. */
export const namespaceFacts = {
  namespace: fact(z.looseObject({ ...object, phase: z.string() })),
  pods: fact(z.record(z.string(), Pod)),
  statefulSets: fact(z.record(z.string(), z.looseObject(object))),
  services: fact(z.record(z.string(), Service)),
  endpointSlices: fact(z.record(z.string(), EndpointSlice)),
  networkPolicies: fact(z.record(z.string(), NetworkPolicy)),
  roles: fact(z.record(z.string(), Role)),
  roleBindings: fact(z.record(z.string(), Binding)),
  serviceAccounts: fact(z.record(z.string(), z.looseObject(object))),
} as const;

export const clusterFacts = {
  version: fact(z.looseObject({ gitVersion: z.string(), platform: z.string() })),
  apiGroups: fact(Texts),
  nodes: fact(z.record(z.string(), z.looseObject(object))),
  clusterRoles: namespaceFacts.roles,
  clusterRoleBindings: namespaceFacts.roleBindings,
  jujuAccess: fact(
    z.array(
      z.looseObject({ verb: z.string(), group: z.string(), resource: z.string(), allowed: z.boolean() }),
    ),
  ),
} as const;

/** A cluster in a snapshot: what controls read of its objects is held, other keys are let through. */
export const ClusterDocument = z.looseObject({
  name: z.string(),
  ...clusterFacts,
  namespaces: z.record(z.string(), z.looseObject({ name: z.string(), ...namespaceFacts })),
});
