import { z } from 'zod';
import { seconds } from '../../core/duration.js';
import type { RotationRule, SecretName } from '../../core/policy/rotation.js';
import { duration, text } from './parts.js';

const pattern = text.meta({ description: 'A name; * stands for any characters, ? for one.' });
const secretForm = /^([\w.@+-]+)\/([a-z0-9][a-z0-9-]*):([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

const RotationMatch = z
  .strictObject({
    controller: pattern.exactOptional(),
    model: pattern.exactOptional(),
    application: pattern.exactOptional(),
    user: pattern.exactOptional(),
  })
  .refine(({ user, application }) => (user === undefined) !== (application === undefined), {
    error: 'names either a user of a controller or an application with system users',
  })
  .refine(({ user, model }) => user === undefined || model === undefined, {
    path: ['model'],
    error: 'goes with an application; users belong to controllers',
  });

/** One entry of `rotation`. */
export const RotationEntry = z
  .strictObject({
    match: RotationMatch,
    users: z.array(text).min(1, 'names nobody').exactOptional().meta({
      description: 'System users of the application, as its charm names them: operator, root.',
    }),
    every: duration.meta({ description: 'How old a password may become.' }),
    secret: z
      .string()
      .regex(secretForm, 'write owner/model:name, as in admin/secrets:backup-operator')
      .exactOptional()
      .meta({ description: "The Juju secret that keeps a user's new password: owner/model:name." }),
  })
  .refine(({ match, users }) => (match.application === undefined) === (users === undefined), {
    path: ['users'],
    error: 'goes with an application, and an application with it: name its system users',
  })
  .refine(
    ({ match, secret }) => secret === undefined || (match.user !== undefined && !/[*?]/.test(match.user)),
    {
      path: ['secret'],
      error: 'keeps the password of one user: name him in match, without * or ?',
    },
  );

export function rotationFrom(entries: readonly z.output<typeof RotationEntry>[]): readonly RotationRule[] {
  return entries.map(({ match, users, every, secret }) => ({
    match,
    every: seconds(every),
    ...(users === undefined ? {} : { users }),
    ...(secret === undefined ? {} : { secret: secretNamed(secret) }),
  }));
}

function secretNamed(given: string): SecretName {
  const [, owner = '', model = '', name = ''] = secretForm.exec(given) ?? [];
  return { owner, model, name };
}
