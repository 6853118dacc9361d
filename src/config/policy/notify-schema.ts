import { z } from 'zod';
import { seconds } from '../../core/duration.js';
import { InputError } from '../../core/input-error.js';
import { abouts } from '../../core/notify/alert.js';
import { severities } from '../../core/outcome.js';
import { checkCron, isTimeZone } from '../../core/rails/index.js';
import { duration, Match, text } from './parts.js';

/** Names become labels of metrics. */
export const name = z
  .string()
  .regex(/^[A-Za-z\d][\w.-]{0,62}$/, 'write letters, digits, dots, hyphens, underscores');
const file = text.meta({ description: 'Relative to the policy file.' });
const secretFile = text.meta({
  description: 'File of mode 0600 with one line; relative to the policy file.',
});

/** Where a server is. */
export const url = z
  .string()
  .superRefine((given, context) => {
    const mistake = urlMistake(given, ['http:', 'https:']);
    if (mistake !== undefined) context.addIssue(mistake);
  })
  .meta({ description: 'http or https, without user and password.' });

/** How a server is reached over HTTP. */
export const access = {
  caFile: file.exactOptional().meta({
    description: 'PEM file with the only authorities that are trusted; the public ones where it is left out.',
  }),
  proxy: url
    .exactOptional()
    .meta({ description: 'Proxy to go through; one that wants a password stands in proxyFile.' }),
  proxyFile: secretFile.exactOptional(),
  bearerTokenFile: secretFile.exactOptional(),
  credentialsFile: text.exactOptional().meta({
    description: 'File of mode 0600 with username and password; relative to the policy file.',
  }),
};

const Alertmanager = z.strictObject({
  name,
  type: z.literal('alertmanager'),
  urls: z.array(url).min(1, 'name at least one URL').meta({
    description: 'Of every Alertmanager of the cluster, without /api/v2/alerts.',
  }),
  ...access,
});

const Slack = z.strictObject({
  name,
  type: z.literal('slack'),
  urlFile: secretFile.meta({
    description: 'File of mode 0600 with the incoming webhook, which is a secret; Mattermost takes it, too.',
  }),
  caFile: access.caFile,
  proxy: access.proxy,
  proxyFile: access.proxyFile,
});

const Webhook = z.strictObject({
  name,
  type: z.literal('webhook'),
  url,
  secretFile: secretFile.exactOptional().meta({
    description: 'File of mode 0600 with the key (16 characters or more) that signs requests.',
  }),
  ...access,
});

const Email = z.strictObject({
  name,
  type: z.literal('email'),
  host: text,
  port: z.int().min(1).max(65_535).exactOptional(),
  security: z.enum(['tls', 'starttls', 'none']).exactOptional().meta({
    description: 'starttls (port 587) unless given; tls means port 465, none port 25.',
  }),
  from: z.email(),
  to: z.array(z.email()).min(1, 'names nobody'),
  caFile: access.caFile,
  credentialsFile: access.credentialsFile,
});

export const Target = z.discriminatedUnion('type', [Alertmanager, Slack, Webhook, Email]);

const targets = z.array(name).min(1, 'names no target');

const Route = z.strictObject({
  match: z
    .strictObject({
      ...Match.shape,
      severity: z.enum(severities).exactOptional().meta({ description: 'So grave at least.' }),
      about: z.array(z.enum(abouts)).min(1, 'names nothing').exactOptional(),
    })
    .exactOptional()
    .meta({ description: 'What it is about; what is left out matches everything.' }),
  to: targets,
});

const Digest = z.strictObject({
  name,
  cron: z.string().superRefine(noCron).meta({
    description: 'Five fields: minute, hour, day of the month, month, day of the week.',
  }),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'is no time zone: write one such as Europe/Berlin or UTC' })
    .exactOptional()
    .meta({ description: 'IANA name; UTC where it is left out.' }),
  match: Match.pick({ controller: true, model: true }).exactOptional(),
  to: targets,
});

/** `notify`: whom to tell what. */
export const NotifyKeys = z
  .strictObject({
    targets: z.array(Target).min(1, 'names no target'),
    routes: z.array(Route).exactOptional().meta({
      description:
        'Every route that fits tells its targets. Without any, everything of severity medium or graver goes to all targets.',
    }),
    digests: z.array(Digest).exactOptional(),
    gather: between(1, 3600).exactOptional().meta({
      description: 'How long changes are gathered before they are told together; 30s unless given.',
    }),
    unknownAfter: between(0, 7 * 86_400)
      .exactOptional()
      .meta({
        description: 'How long something has to stay unknown before that is told; 15m unless given.',
      }),
    blindAfter: between(0, 86_400).exactOptional().meta({
      description:
        'How long a controller is not seen, or a target not reached, before that is told; 5m unless given.',
    }),
    refresh: between(1, 3600).exactOptional().meta({
      description: 'Between two times that Alertmanager is told of what goes on firing; 1m unless given.',
    }),
    perHour: z.int().min(1).max(3600).exactOptional().meta({
      description: 'Messages to one target at most; what is more comes together later. 30 unless given.',
    }),
    keep: between(60, 90 * 86_400)
      .exactOptional()
      .meta({
        description: 'What could not be delivered for so long is given up; 7d unless given.',
      }),
    link: url.exactOptional().meta({ description: 'Where a person finds the page of this Holdfast.' }),
  })
  .superRefine((notify, context) => {
    for (const { path, message } of notifyMistakes(notify))
      context.addIssue({ code: 'custom', path, message });
  })
  .meta({ description: 'Whom to tell what: Alertmanager, Slack, webhooks, e-mail.' });

export type NotifyKeys = z.output<typeof NotifyKeys>;
export type TargetEntry = z.output<typeof Target>;

interface Misplaced {
  readonly path: (string | number)[];
  readonly message: string;
}

interface Routed {
  readonly targets: readonly TargetEntry[];
  readonly routes?: readonly { readonly to: readonly string[] }[] | undefined;
  readonly digests?: readonly { readonly name: string; readonly to: readonly string[] }[] | undefined;
}

function notifyMistakes({ targets: all, routes = [], digests = [] }: Routed): readonly Misplaced[] {
  const types = new Map(all.map((target) => [target.name, target.type]));
  const unknown = (list: string) => (entry: { readonly to: readonly string[] }, index: number) =>
    entry.to
      .filter((target) => !types.has(target))
      .map((target) => ({ path: [list, index, 'to'], message: `"${target}" is no target` }));
  return [
    ...repeated(all, 'targets'),
    ...repeated(digests, 'digests'),
    ...routes.flatMap(unknown('routes')),
    ...digests.flatMap(unknown('digests')),
    ...digests.flatMap(({ to }, index) =>
      to
        .filter((target) => types.get(target) === 'alertmanager')
        .map((target) => ({
          path: ['digests', index, 'to'],
          message: `"${target}" is an Alertmanager, which takes no digests`,
        })),
    ),
  ];
}

function repeated(all: readonly { readonly name: string }[], list: string): readonly Misplaced[] {
  const names = all.map((one) => one.name);
  return names.flatMap((one, index) =>
    names.indexOf(one) === index
      ? []
      : [{ path: [list, index, 'name'], message: `"${one}" is taken already` }],
  );
}

/** What is wrong with a URL, without quoting it: it may be a secret. */
export function urlMistake(given: string, protocols: readonly string[]): string | undefined {
  const parsed = URL.parse(given);
  const known = protocols.map((protocol) => `${protocol}//`).join(' or ');
  if (parsed === null || !protocols.includes(parsed.protocol)) return `write a URL that begins with ${known}`;
  if (parsed.username !== '' || parsed.password !== '')
    return 'holds a user or a password: write these into a file of mode 0600';
  return parsed.hash === '' ? undefined : 'has a part after #, which is never sent';
}

/** Seconds. */
function between(least: number, most: number): typeof duration {
  const error = `should be from ${least}s to ${most}s`;
  return duration.refine((given) => isBetween(given, least, most), { error });
}

/** What is no duration at all is said elsewhere. */
function isBetween(given: string, least: number, most: number): boolean {
  try {
    return seconds(given) >= least && seconds(given) <= most;
  } catch {
    return true;
  }
}

function noCron(given: string, context: z.core.$RefinementCtx<string>): void {
  try {
    checkCron(given);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    context.addIssue(error.message);
  }
}
