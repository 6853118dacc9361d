import { z } from 'zod';
import { longestAction } from '../../core/cloud-policy/grants.js';
import { dict } from './dict.js';

const date = z.iso.date();
const sourced = { source: z.string().min(1), date };
const Floor = z.strictObject({
  ...sourced,
  floor: z.string().regex(/^\d+(\.\d+)*([-~+.].*)?$/, 'is no version'),
});

const revision = z.int().min(0);
const charmRevisions = z.array(revision).min(1).exactOptional();

const ImagePin = z
  .strictObject({
    ...sourced,
    resource: z.string().min(1),
    image: z.string().min(1),
    digest: z
      .string()
      .regex(/^sha256:[\da-f]{64}$/, 'is no digest: write sha256: and 64 hexadecimal digits')
      .exactOptional(),
    tag: z.string().min(1).exactOptional(),
    workload: z.string().exactOptional(),
    charmRevisions,
  })
  .refine(({ digest, tag }) => (digest === undefined) !== (tag === undefined), {
    error: 'names an image by its digest or else by its tag',
  });

const SnapPin = z.strictObject({
  ...sourced,
  snap: z.string().min(1),
  revisions: dict(revision),
  workload: z.string().exactOptional(),
  charmRevisions,
});

const ChannelTrack = z.strictObject({
  ...sourced,
  publisher: z.string().min(1).exactOptional().meta({
    description: 'Who published the charm on that day, as juju info shows it.',
  }),
  asked: date.exactOptional().meta({
    description: 'The day on which Charmhub was asked: the releases are then all that the track held on it.',
  }),
  standing: z.enum(['live', 'superseded', 'unmaintained']),
  from: date.exactOptional(),
  instead: z.string().exactOptional(),
  bases: z.array(z.string()),
  architectures: z.array(z.string()),
  releases: dict(
    z.strictObject({
      revisions: z.array(revision).min(1),
      workload: z.string().exactOptional(),
      outBy: date,
    }),
  ),
});

const plainVersion = z.string().regex(/^v?\d+(\.\d+)*$/, 'is no plain version or revision');

const Advisory = z
  .strictObject({
    ...sourced,
    severity: z.enum(['critical', 'high', 'medium', 'low', 'unrated']).meta({
      description: 'unrated: the source names none.',
    }),
    summary: z.string().min(1),
    url: z.url({ protocol: /^https$/ }),
    product: z.enum(['juju', 'charm', 'workload']).meta({
      description:
        'Juju itself, the revisions of a charm, or the versions of the workload that a charm runs.',
    }),
    charm: z.string().min(1).exactOptional(),
    ranges: z
      .array(
        z.strictObject({
          series: z.string().min(1).exactOptional().meta({
            description: "Juju's or the workload's series, or the charm's track; all where it is left out.",
          }),
          from: plainVersion.exactOptional().meta({ description: 'The first one affected.' }),
          fixed: plainVersion.exactOptional().meta({
            description: 'The first one with the fix; left out while there is none.',
          }),
        }),
      )
      .min(1),
  })
  .refine(({ product, charm }) => (product === 'juju') === (charm === undefined), {
    path: ['charm'],
    error: 'goes with the products charm and workload, and they with it',
  });

const RetiredCharm = z.strictObject({
  ...sourced,
  instead: z.string(),
  fromBase: z.string().exactOptional(),
  from: z.string().exactOptional(),
});

const TlsProvider = z.strictObject({
  ...sourced,
  grade: z.enum(['production', 'self-signed', 'manual', 'retired']),
  endpoint: z.string(),
  ipSans: z.enum(['yes', 'no', 'configurable']),
  note: z.string(),
});

const Supported = z.strictObject({ ...sourced, supportedUntil: date });

const Collector = z.strictObject({
  ...sourced,
  agentEndpoint: z.string().exactOptional(),
  metrics: z.string(),
  logs: z.string(),
  dashboards: z.string(),
  traces: z.string().exactOptional(),
  intake: z
    .strictObject({ metrics: z.string(), logs: z.string(), dashboards: z.string(), traces: z.string() })
    .exactOptional(),
});

const permission = z.string().min(1).max(longestAction);
const permissions = z.array(permission);

const CloudPermissionSet = z.strictObject({
  ...sourced,
  kind: z.enum(['aws-iam', 'azure-role', 'gcp-role', 'openstack-roles']),
  needed: z
    .array(z.union([permission, permissions.min(1)]))
    .min(1)
    .meta({ description: 'Each has to be held; of a list one is enough.' }),
  optional: permissions.meta({ description: 'Needed by some versions or uses only.' }),
  tooWide: permissions.meta({ description: 'Patterns of what makes an account too mighty.' }),
  tolerated: permissions.meta({ description: 'Wildcards over whole services that are let pass.' }),
  lesser: permissions.meta({ description: 'Roles that hold less than is needed.' }),
});

/** The tables of which an entry stands under two names: charm, then track. */
export const tablesByTrack = {
  workloadFloors: dict(dict(Floor)),
  imagePins: dict(dict(z.array(ImagePin))),
  snapPins: dict(dict(z.array(SnapPin))),
  channelMaps: dict(dict(ChannelTrack)),
};

/** The tables of which an entry stands under one name. */
export const tablesByName = {
  jujuFloors: dict(Floor),
  advisories: dict(Advisory),
  trustNeeded: dict(z.strictObject(sourced)),
  retiredCharms: dict(RetiredCharm),
  tlsProviders: dict(TlsProvider),
  collectors: dict(Collector),
  cloudPermissions: dict(CloudPermissionSet),
  bases: dict(Supported),
  kubernetesReleases: dict(Supported),
};

/** All tables, whole. */
export const KnowledgeTablesDocument = z.strictObject({ ...tablesByName, ...tablesByTrack });

/** A file of a data folder: any of the tables, each entry with its source and date. */
export const KnowledgeDocument = z
  .strictObject({
    kind: z.literal('Knowledge'),
    version: z.literal('v1'),
    date: date.exactOptional().meta({
      description:
        "When the file's tables were last looked through; where absent, an overlay leaves that as it is.",
    }),
    ...KnowledgeTablesDocument.partial().shape,
  })
  .meta({ title: 'Holdfast knowledge, version 1: any of the tables' });
