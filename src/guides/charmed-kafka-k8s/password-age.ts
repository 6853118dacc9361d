import { durationText } from '../../core/duration.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, manual, notSeen, type Evidence, type Judgement } from '../../core/judgement.js';
import type { SecretMeta } from '../../core/snapshot.js';
import type { JudgedTime } from '../../core/time.js';
import type { Subject } from './product-control.js';

/** The reasons that `passwordAge` gives. */
export const passwordAgeReasons = {
  RotationNotSeen:
    'Nothing shows when the charm last changed these passwords; a named person has to state it.',
  PasswordsTooOld:
    'The secret that the passwords come from has not been changed for longer than the policy allows.',
  TakeOverNotSeen:
    'The secret is young enough; that the charm took its passwords over is not shown, and it drops keys that it does not know.',
} as const;

/** How old the passwords are, as far as Juju shows it: by the secret that Kafka 4 takes them from. */
export function passwordAge({ app, product }: Subject, maxSeconds: number, time: JudgedTime): Judgement {
  if (product.generation === 3) return rotationNotSeen(app.name);
  const wanted = `passwords younger than ${durationText(maxSeconds)}`;
  const config = app.get('config');
  if (!isKnown(config)) return notSeen(config, wanted);
  const id = secretId(config.value['system-users']?.value);
  if (id === undefined)
    return rotationNotSeen(app.name, evidenceOf(config, 'no secret with passwords', wanted));
  const secrets = app.model.get('secrets');
  if (!isKnown(secrets)) return notSeen(secrets, wanted);
  const changed = secrets.value.find((secret: SecretMeta) => secret.id === id)?.revisionCreated;
  if (changed === undefined)
    return rotationNotSeen(app.name, evidenceOf(secrets, 'the secret is not listed', wanted));
  const seen = evidenceOf(secrets, `newest revision of ${changed}`, wanted);
  if (time.isOlder(changed, maxSeconds))
    return fail('PasswordsTooOld', `the passwords of ${app.name} are of ${changed} or older`, seen);
  return manual(
    'TakeOverNotSeen',
    `whether ${app.name} took the passwords of ${changed} over is not shown`,
    seen,
  );
}

function rotationNotSeen(name: string, ...seen: Evidence[]): Judgement {
  const message = `when the passwords of ${name} were last changed is not shown; a named person has to state it`;
  return manual('RotationNotSeen', message, ...seen);
}

/** `secret:ID` and `secret://MODEL/ID`. */
function secretId(value: unknown): string | undefined {
  return typeof value === 'string' ? /^secret:(?:\/\/[0-9a-f-]+\/)?([0-9a-z]+)$/.exec(value)?.[1] : undefined;
}
