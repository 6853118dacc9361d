import { z } from 'zod';
import { CharmhubKeys } from './charmhub.js';
import { CloudPolicyEntry } from './cloud-policies.js';
import { Cluster } from './clusters-schema.js';
import { NotifyKeys } from './notify-schema.js';
import { meanings, paceMeaning } from './meanings.js';
import { Stack } from './observability-schema.js';
import { duration, Match, text } from './parts.js';
import { RotationEntry } from './rotation.js';
import { Limit, ManagedPart, StoreKeys, Window } from './rails-schema.js';
import { SharingKeys } from './sharing.js';
import { Users } from './users-schema.js';
import { WebKeys } from './web-schema.js';
import { WorkloadEntry } from './workload.js';
import { modes, disruptivePolicies, profiles, paceDurations } from './words.js';

const Identity = z.strictObject({
  credentialsFile: text.meta({
    description: 'File of mode 0600 with username and password; relative to the policy file.',
  }),
});

const Controller = z.strictObject({
  name: text.meta({ description: 'How the controller is called here and in `juju controllers`.' }),
  addresses: z
    .array(z.string().regex(/^(\[[\da-fA-F:.]+\]|[\w.-]+):\d{1,5}$/, 'write host:port, as in 10.0.0.5:17070'))
    .min(1, 'name at least one host:port')
    .exactOptional()
    .meta({
      description:
        'API addresses, IPv6 ones as "[2001:db8::4]:17070" in quotes; may be left out when the credentials file names them.',
    }),
  caFile: text.exactOptional().meta({ description: "PEM file with the controller's own CA." }),
  auditLogFile: text.exactOptional().meta({
    description:
      "The controller's audit.log, where it can be read from here (Juju has no API for it): drift then names who did it.",
  }),
  identities: z.strictObject({
    observer: Identity.meta({ description: 'Looks: login on the controller, read on the models.' }),
    auditor: Identity.exactOptional().meta({
      description:
        'A superuser, who sees users, grants, clouds and credentials; without it these are unknown.',
    }),
    prober: Identity.exactOptional().meta({
      description: 'Looks into units where workload says so: model admin, which equals root on them.',
    }),
    remediator: Identity.exactOptional().meta({
      description:
        'Makes changes: write on the models, more only where grants are changed; without it nothing is.',
    }),
  }),
});

/** What rules say of a part of the estate, and defaults of the rest. */
const settings = {
  mode: z.enum(modes).exactOptional().meta({ description: meanings.mode }),
  profile: z.enum(profiles).exactOptional().meta({ description: meanings.profile }),
  disruptive: z.enum(disruptivePolicies).exactOptional().meta({ description: meanings.disruptive }),
};

const Rule = z.strictObject({
  match: Match,
  ...settings,
  params: z.record(z.string(), z.unknown()).exactOptional().meta({
    description: 'Parameters of the controls that match, by name; the catalogue of controls lists them.',
  }),
  enabled: z.boolean().exactOptional().meta({ description: 'false switches the controls off there.' }),
  rationale: text.exactOptional().meta({ description: 'Why, for those who read the policy.' }),
});

const time = z.iso.datetime({
  offset: true,
  error: 'write a time with its zone, as in 2027-01-31T00:00:00Z',
});
const Expires = time.meta({ description: 'RFC 3339; it counts for nothing from this moment on.' });

const WaiverMatch = Match.refine((match) => Object.keys(match).length > 0, {
  error: 'would waive everything: name a control at least',
});

const Waiver = z
  .strictObject({
    id: text.meta({ description: 'A name of your own, each once.' }),
    kind: z.enum(['waived', 'mitigated']).meta({
      description: 'waived: accepted. mitigated: something else makes up for it.',
    }),
    match: WaiverMatch,
    reason: text,
    owner: text.meta({ description: 'Who answers for it.' }),
    expires: Expires,
    compensatedBy: text.exactOptional().meta({
      description:
        'With kind mitigated: the control that makes up for it. The waiver lapses when it does not pass.',
    }),
  })
  .refine(({ kind, compensatedBy }) => (kind === 'mitigated') === (compensatedBy !== undefined), {
    path: ['compensatedBy'],
    error: 'goes with kind mitigated, and mitigated goes with it: name the control that makes up for it',
  });

const Attestation = z
  .strictObject({
    id: text,
    match: Match.refine(({ control }) => control !== undefined, { error: 'names no control' }),
    statement: text,
    owner: text,
    attested: time.meta({ description: 'RFC 3339; when it was stated. Before, it counts for nothing.' }),
    expires: Expires,
  })
  .refine(({ attested, expires }) => Date.parse(attested) < Date.parse(expires), {
    path: ['expires'],
    error: 'lies before attested',
  })
  .meta({ description: 'A statement that stands in for evidence where a control needs a person.' });

const paceShape = Object.fromEntries(
  paceDurations.map((key) => [key, duration.exactOptional().meta({ description: paceMeaning(key) })]),
) as Record<(typeof paceDurations)[number], z.ZodExactOptional<typeof duration>>;

/** The policy file, version 1, as written by a person. */
export const PolicyFile = z
  .strictObject({
    kind: z.literal('Policy'),
    version: z.literal('v1'),
    controllers: z.array(Controller).exactOptional().meta({ description: 'The controllers to watch.' }),
    clusters: z.array(Cluster).exactOptional().meta({
      description:
        'Kubernetes clusters that models live on, and that may be looked at; none where it is left out.',
    }),
    observability: z.array(Stack).exactOptional().meta({
      description:
        'Observability stacks (Prometheus, Loki, Alertmanager) that may be asked whether what is shipped arrives; none where it is left out.',
    }),
    defaults: z.strictObject(settings).exactOptional().meta({
      description: 'What holds where no rule says otherwise: observe, baseline and approval unless given.',
    }),
    rules: z.array(Rule).exactOptional().meta({ description: 'Later rules win, field by field.' }),
    users: Users.exactOptional(),
    waivers: z.array(Waiver).exactOptional().meta({
      description: 'Named exceptions that end. They lie over a finding and never hide it.',
    }),
    controls: z.array(text).exactOptional().meta({
      description: 'Folders with controls of your own; relative to the policy file.',
    }),
    data: text.exactOptional().meta({
      description:
        'Folder or file with knowledge data that are laid over the shipped ones; relative to the policy file. --data and HOLDFAST_DATA win.',
    }),
    attestations: z.array(Attestation).exactOptional().meta({
      description: 'Statements of a named owner, for what no system shows.',
    }),
    limits: z.array(Limit).exactOptional().meta({
      description: 'How much is changed at once, and how often it is tried. Later ones win, key by key.',
    }),
    windows: z.array(Window).exactOptional().meta({
      description: 'When changes may be made (allow), and when they may not (deny, which wins).',
    }),
    managedBy: z.array(ManagedPart).exactOptional().meta({
      description: 'What another tool owns: there changes are proposed only.',
    }),
    rotation: z.array(RotationEntry).exactOptional().meta({
      description: 'Accounts whose passwords Holdfast changes, each time with an approval. Later ones win.',
    }),
    charmhub: CharmhubKeys.exactOptional(),
    workload: z.array(WorkloadEntry).exactOptional().meta({
      description:
        'Applications whose units may be looked into by the prober identity; none where it is left out. Later ones win.',
    }),
    cloudPolicies: z.array(CloudPolicyEntry).max(20).exactOptional().meta({
      description:
        "Documents of what the cloud lets Juju's accounts do; those about the same credential count together.",
    }),
    store: StoreKeys.exactOptional(),
    sharing: SharingKeys.exactOptional(),
    notify: NotifyKeys.exactOptional(),
    web: WebKeys.exactOptional(),
    pace: z.strictObject(paceShape).exactOptional().meta({ description: 'Intervals and deadlines.' }),
  })
  .meta({ title: 'Holdfast policy, version 1' });

export type PolicyFile = z.output<typeof PolicyFile>;
