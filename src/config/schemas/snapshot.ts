import { z } from 'zod';
import { ClusterDocument } from './cluster.js';
import { Time } from './common.js';
import { fact } from './fact.js';
import { StackDocument } from './stack.js';
import { Workload } from './workload.js';

const Group = z.record(z.string(), z.unknown());
const List = z.array(z.unknown());

/** The facts of each level with the kind of value that they hold. One that is missing counts as unknown. */
export const applicationFacts = {
  charm: fact(z.looseObject({ name: z.string(), subordinateTo: z.array(z.string()) })),
  status: fact(z.looseObject({ status: z.string(), message: z.string() })),
  exposure: fact(z.looseObject({ exposed: z.boolean() })),
  bindings: fact(z.record(z.string(), z.string())),
  relations: fact(z.array(z.looseObject({ interface: z.string(), ends: List.length(2) }))),
  units: fact(
    z.record(z.string(), z.looseObject({ name: z.string(), agent: z.string(), workload: z.string() })),
  ),
  upgrade: fact(z.looseObject({ to: z.string() })),
  config: fact(z.record(z.string(), z.looseObject({ source: z.string() }))),
  trust: fact(z.boolean()),
  probes: fact(z.record(z.string(), Group)),
} as const;

export const modelFacts = {
  info: fact(Group),
  machines: fact(z.record(z.string(), z.looseObject({ id: z.string(), status: z.string() }))),
  relations: applicationFacts.relations,
  remoteApplications: fact(z.record(z.string(), z.looseObject({ name: z.string(), offerUrl: z.string() }))),
  offers: fact(z.record(z.string(), z.looseObject({ name: z.string(), application: z.string() }))),
  users: fact(z.array(z.looseObject({ name: z.string(), access: z.string() }))),
  config: applicationFacts.config,
  blocks: fact(z.array(z.looseObject({ commandSet: z.string() }))),
  secrets: fact(z.array(z.looseObject({ id: z.string() }))),
  sshKeys: fact(z.array(z.string())),
  credential: fact(z.looseObject({ name: z.string(), owner: z.string(), cloud: z.string() })),
  secretBackend: fact(z.string()),
  operations: fact(
    z.array(
      z.looseObject({
        id: z.string(),
        action: z.string(),
        units: z.array(z.string()),
        status: z.string(),
        enqueued: Time,
      }),
    ),
  ),
} as const;

export const controllerFacts = {
  info: fact(z.looseObject({ version: z.string(), facades: Group })),
  config: fact(Group),
  users: fact(z.array(z.looseObject({ name: z.string(), access: z.string(), disabled: z.boolean() }))),
  clouds: fact(z.record(z.string(), z.looseObject({ type: z.string(), users: Group }))),
  self: fact(z.looseObject({ identities: List })),
} as const;

const Application = z.looseObject({
  name: z.string(),
  ...applicationFacts,
  workload: Workload.exactOptional(),
});

const Model = z.looseObject({
  name: z.string(),
  controller: z.string(),
  ...modelFacts,
  applications: z.record(z.string(), Application),
});

const Controller = z.looseObject({
  name: z.string(),
  ...controllerFacts,
  models: z.record(z.string(), Model),
});

const Release = z.looseObject({
  track: z.string(),
  risk: z.string(),
  revision: z.int().min(0),
  releasedAt: Time.exactOptional(),
  architectures: z.array(z.string()),
  bases: z.array(z.string()),
});

const Listing = fact(
  z.looseObject({
    name: z.string(),
    askedAt: Time,
    listed: z.boolean(),
    publisher: z.string(),
    releases: z.array(Release),
    former: z.array(Release.extend({ lastSeen: Time })),
  }),
);

/** A snapshot, version 1: strict about what it is, loose about what facts hold beyond the fields named. */
export const SnapshotDocument = z
  .looseObject({
    kind: z.literal('Snapshot'),
    version: z.literal('v1'),
    takenAt: Time,
    controllers: z.record(z.string(), Controller),
    clusters: z.record(z.string(), ClusterDocument).exactOptional(),
    observability: z.record(z.string(), StackDocument).exactOptional(),
    charmhub: z.record(z.string(), Listing).exactOptional(),
  })
  .meta({ title: 'Holdfast snapshot, version 1' });
