import { z } from 'zod';
import { Cluster } from './clusters-schema.js';
import { NotifyKeys } from './notify-schema.js';
import { Stack } from './observability-schema.js';
import { duration, Match, text } from './parts.js';
import { RotationEntry } from './rotation.js';
import { Limit, ManagedPart, StoreKeys, Window } from './rails-schema.js';
import { SharingKeys } from './sharing.js';
import { Users } from './users-schema.js';
import { WebKeys } from './web-schema.js';
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
    .meta({ description: 'API addresses; may be left out when the credentials file names them.' }),
  caFile: text.exactOptional().meta({ description: "PEM file with the controller's own CA." }),
  auditLogFile: text.exactOptional().meta({
    description:
      "The controller's audit.log, where it can be read from here (Juju has no API for it): drift then names who did it.",
  }),
  identities: z.strictObject({
    observer: Identity,
    auditor: Identity.exactOptional(),
    remediator: Identity.exactOptional(),
  }),
});

const Rule = z.strictObject({
  match: Match,
  mode: z.enum(modes).exactOptional(),
  disruptive: z.enum(disruptivePolicies).exactOptional(),
  profile: z.enum(profiles).exactOptional(),
  params: z.record(z.string(), z.unknown()).exactOptional(),
  enabled: z.boolean().exactOptional(),
  rationale: text.exactOptional(),
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
    id: text,
    kind: z.enum(['waived', 'mitigated']),
    match: WaiverMatch,
    reason: text,
    owner: text,
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

const paceShape = Object.fromEntries(paceDurations.map((key) => [key, duration.exactOptional()])) as Record<
  (typeof paceDurations)[number],
  z.ZodExactOptional<typeof duration>
>;

/** The policy file, version 1, as written by a person. */
export const PolicyFile = z
  .strictObject({
    kind: z.literal('Policy'),
    version: z.literal('v1'),
    controllers: z.array(Controller).exactOptional(),
    clusters: z.array(Cluster).exactOptional().meta({
      description:
        'Kubernetes clusters that models live on, and that may be looked at; none where it is left out.',
    }),
    observability: z.array(Stack).exactOptional().meta({
      description:
        'Observability stacks (Prometheus, Loki, Alertmanager) that may be asked whether what is shipped arrives; none where it is left out.',
    }),
    defaults: z
      .strictObject({
        mode: z.enum(modes).exactOptional(),
        profile: z.enum(profiles).exactOptional(),
        disruptive: z.enum(disruptivePolicies).exactOptional(),
      })
      .exactOptional(),
    rules: z.array(Rule).exactOptional().meta({ description: 'Later rules win, field by field.' }),
    users: Users.exactOptional(),
    waivers: z.array(Waiver).exactOptional(),
    attestations: z.array(Attestation).exactOptional(),
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
    store: StoreKeys.exactOptional(),
    sharing: SharingKeys.exactOptional(),
    notify: NotifyKeys.exactOptional(),
    web: WebKeys.exactOptional(),
    pace: z.strictObject(paceShape).exactOptional().meta({ description: 'Intervals and deadlines.' }),
  })
  .meta({ title: 'Holdfast policy, version 1' });

export type PolicyFile = z.output<typeof PolicyFile>;
