import { durationText } from '../../core/duration.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { JudgedTime } from '../../core/time.js';
import type { Release } from './release.js';

/** The reasons that `passwordAge` gives. */
export const passwordAgeReasons = {
  PasswordsTooOld:
    'The secret that holds the passwords of the system users has not been changed for too long.',
  RotationNotSeen: 'The charm made the passwords itself, and nothing shows when they were last changed.',
  SecretNotSeen: 'The secret that holds the passwords is not among those that may be listed.',
} as const;

/** Whether the passwords of the system users are younger than asked: on 16 by the age of the operator's secret. */
export function passwordAge(
  app: ApplicationView,
  { track }: Release,
  { maxSeconds, time }: { readonly maxSeconds: number; readonly time: JudgedTime },
): Judgement {
  const wanted = `passwords younger than ${durationText(maxSeconds)}`;
  if (track === '14') return rotationNotSeen(app);
  const config = app.get('config');
  if (!isKnown(config)) return notSeen(config, wanted);
  const uri = config.value['system-users']?.value;
  if (typeof uri !== 'string' || uri === '') return rotationNotSeen(app);
  const secrets = app.model.get('secrets');
  if (!isKnown(secrets)) return notSeen(secrets, wanted);
  const id = uri.slice(uri.lastIndexOf('/') + 1).replace(/^secret:/, '');
  const created = secrets.value.find((secret) => secret.id === id)?.revisionCreated;
  if (created === undefined)
    return unsettled('SecretNotSeen', `the secret ${id} of ${app.name} is not among those listed`);
  const seen = evidenceOf(secrets, `changed ${created}`, wanted);
  if (!time.isOlder(created, maxSeconds)) return pass(`passwords of ${app.name} changed ${created}`, seen);
  return fail('PasswordsTooOld', `the passwords of ${app.name} were last changed ${created}`, seen);
}

function rotationNotSeen(app: ApplicationView): Judgement {
  return unsettled(
    'RotationNotSeen',
    `when the passwords of the system users of ${app.name} were last changed is not shown; needs a rotation that Holdfast made or was told of`,
  );
}
