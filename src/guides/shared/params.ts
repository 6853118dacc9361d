import { z } from 'zod';
import { seconds } from '../../core/duration.js';
import { parseCidr } from './cidr.js';

/** A duration such as `90d`, with its default; the control sees seconds. Say with `meta` what it is for. */
export function duration(otherwise: string): z.ZodType<number, string | undefined> {
  return z
    .string()
    .meta({ format: 'duration' })
    .default(otherwise)
    .transform((text, context) => {
      try {
        return seconds(text);
      } catch (error) {
        context.addIssue({
          code: 'custom',
          message: error instanceof Error ? error.message : 'is no duration',
        });
        return z.NEVER;
      }
    });
}

/** Names of users, charms, keys and the like. */
export function names(
  ...otherwise: readonly string[]
): z.ZodType<readonly string[], readonly string[] | undefined> {
  return z.array(z.string().min(1)).default([...otherwise]);
}

/** Address blocks such as `10.0.0.0/8`. */
export const cidr = z
  .string()
  .refine((text) => text.includes('/') && parseCidr(text) !== undefined, {
    error: 'must be an address block such as 10.0.0.0/8 or fd00::/8',
  })
  .meta({ format: 'cidr' });

/** Single addresses, or blocks of them. */
export const address = z
  .string()
  .refine((text) => parseCidr(text) !== undefined, {
    error: 'must be an address such as 10.0.0.5, or a block such as 10.0.0.0/8',
  })
  .meta({ format: 'ip' });

/** For how long the charm of an application may lag behind its channel. */
export const refreshAge = duration('30d').meta({
  description: 'For how long a newer revision of the charm may be out before it has to run, as in 30d.',
});

/** Which TLS provider a remedy may choose. */
export const providerChoice = {
  provider: z.string().min(1).optional().meta({
    description:
      'The application or remote application that signs certificates; without it, the only one there that is fit for production.',
  }),
  allowSelfSigned: z.boolean().default(false).meta({
    description: 'Whether a self-signed provider may be chosen when no other is there and none is named.',
  }),
} as const;

export const manualOwner = z.string().min(1).optional().meta({
  description: 'The person who signs by hand, where the provider is manual-tls-certificates.',
});

export const httpsEndpoint = z
  .url({ protocol: /^https$/ })
  .optional()
  .meta({ description: 'The https address of the backup store to set where another one is set.' });

export const integrator = z.string().min(1).optional().meta({
  description: 'The S3 integrator to use, by application name; without it, the only one that is active.',
});

/** What etcd may be exposed and bound to. */
export const etcdReach = {
  cidrs: z
    .array(cidr)
    .default([])
    .meta({ description: 'Address blocks to which etcd may be exposed, as in 10.0.0.0/8.' }),
  spaces: names().meta({
    description: 'Network spaces to which endpoints may be bound; when the list is empty, any.',
  }),
} as const;
