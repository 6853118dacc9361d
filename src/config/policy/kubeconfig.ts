import { InputError } from '../../core/input-error.js';
import { readTextFile, refuseReadableByOthers } from '../read-file.js';
import { parseYamlText } from '../yaml-text.js';

const secretKeys = ['token', 'client-key-data', 'password'] as const;

/**
 * Holds a kubeconfig that the policy names to what can be told without a cluster: that it can be read, and that nobody
 * else can where it holds secrets itself.
 * @throws InputError that never quotes the content.
 */
export function checkKubeconfig(file: string): void {
  const read = readTextFile(file);
  if (holdsSecrets(parsed(read.content, file))) refuseReadableByOthers(file, read, 'holds secrets and ');
}

/** A parser's own message may quote the line it stumbled over: it is left out. */
function parsed(content: string, file: string): unknown {
  try {
    return parseYamlText(content, file);
  } catch {
    throw new InputError(`${file} is neither YAML nor JSON: it should be a kubeconfig`);
  }
}

function holdsSecrets(config: unknown): boolean {
  const users = part(config, 'users');
  if (!Array.isArray(users)) return false;
  return users.some((entry) => {
    const user = part(entry, 'user');
    return secretKeys.some((key) => part(user, key) !== undefined);
  });
}

function part(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
