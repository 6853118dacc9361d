/** User's secrets of a model, through `juju`: contents go in by a private file, and come out into memory only. */
import { modelArgument } from '../../core/action/argv.js';
import type { ModelRef } from '../../core/action/action.js';
import type { CliResult, JujuCli, Vault } from '../../core/ports/index.js';
import { isDone } from './result.js';

export interface SecretRef {
  readonly in: ModelRef;
  readonly name: string;
}

/** A secret with the content that it is to have. */
export interface SecretPut {
  readonly cli: JujuCli;
  readonly vault: Vault;
  readonly ref: SecretRef;
  readonly content: Readonly<Record<string, string>>;
}

/** Makes the secret, or gives it this content where it is there already. The same content makes no new revision. */
export async function putSecret({ cli, vault, ref, content }: SecretPut): Promise<CliResult> {
  const put = (command: string): Promise<CliResult> =>
    vault.withFile(content, (path) =>
      cli.run([command, ...place(ref), '--file', path], { secrets: Object.values(content) }),
    );
  const added = await put('add-secret');
  return added.outcome === 'already' ? put('update-secret') : added;
}

/** The secret's id, such as `452emdtsa1b64esatsmg`. */
export async function secretId(cli: JujuCli, ref: SecretRef): Promise<string | undefined> {
  const shown = await cli.run(['show-secret', ...place(ref), '--format', 'json']);
  return isDone(shown) ? entryIn(shown.stdout)?.[0] : undefined;
}

/** The password that the secret keeps; undefined where there is none, or we may not read it (it takes model admin). */
export async function keptPassword(cli: JujuCli, ref: SecretRef): Promise<string | undefined> {
  const shown = await cli.run(['show-secret', ...place(ref), '--reveal', '--format', 'json']);
  if (!isDone(shown)) return undefined;
  const { content } = (entryIn(shown.stdout)?.[1] ?? {}) as { content?: { Data?: { password?: unknown } } };
  const password = content?.Data?.password;
  return typeof password === 'string' ? password : undefined;
}

function place({ in: model, name }: SecretRef): readonly string[] {
  return ['-m', modelArgument(model), name];
}

function entryIn(stdout: string): [string, unknown] | undefined {
  try {
    return Object.entries(JSON.parse(stdout) as object)[0];
  } catch {
    return undefined;
  }
}
