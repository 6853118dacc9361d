/** New passwords for the system users of an application: made by the charm, or handed to it in a secret. */
import { argvOf, modelArgument } from '../../core/action/argv.js';
import type { Action } from '../../core/action/action.js';
import { systemUsersSecret } from '../../core/action/rotation.js';
import type { CliResult, JujuCli, RotationPorts } from '../../core/ports/index.js';
import { failed, isDone, told } from './result.js';
import { putSecret, secretId, type SecretRef } from './secret.js';

type SystemUsersRotation = Extract<Action, { type: 'rotate-system-users' }>;

export async function rotateSystemUsers(
  action: SystemUsersRotation,
  cli: JujuCli,
  ports: RotationPorts,
): Promise<CliResult> {
  return action.by === 'set-password' ? setPassword(action, cli) : setSecret(action, cli, ports);
}

/** Without naming a password: the charm makes it up, and shows it in the operation's result, which we do not keep. */
async function setPassword(action: SystemUsersRotation, cli: JujuCli): Promise<CliResult> {
  const argv = argvOf(action);
  const result = await cli.run(argv);
  const who = `${action.users.join(', ')} of ${action.application}`;
  if (!isDone(result)) return failed(result, `the password of ${who} was not changed`);
  return told(
    'done',
    argv,
    `the charm gave ${who} a new password and shows it in the result of this operation: whoever may read the model can read it there until Juju forgets the operation`,
  );
}

/** Writes the secret, lets the application read it, and names it to the charm. Each of them may be done again. */
async function setSecret(
  action: SystemUsersRotation,
  cli: JujuCli,
  ports: RotationPorts,
): Promise<CliResult> {
  const { model, application, users } = action;
  const argv = argvOf(action);
  const ref: SecretRef = { in: model, name: systemUsersSecret(application) };
  const content = Object.fromEntries(users.map((user) => [user, ports.newPassword()]));
  const put = await putSecret({ cli, vault: ports.vault, ref, content });
  if (!isDone(put)) return failed(put, `the secret ${ref.name} was not written`);
  const m = ['-m', modelArgument(model)];
  const granted = await cli.run(['grant-secret', ...m, ref.name, application]);
  if (!isDone(granted)) return failed(granted, `the secret ${ref.name} was not granted to ${application}`);
  const id = await secretId(cli, ref);
  if (id === undefined) return told('retry', argv, `the id of the secret ${ref.name} could not be read`);
  const named = await cli.run(['config', ...m, application, `system-users=secret:${id}`]);
  if (!isDone(named)) return failed(named, `the secret ${ref.name} was not named to ${application}`);
  return told(
    'done',
    argv,
    `the secret ${ref.name} holds new passwords of ${users.join(', ')} of ${application}`,
  );
}
