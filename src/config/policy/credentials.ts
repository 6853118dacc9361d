import { z } from 'zod';
import { InputError } from '../../core/input-error.js';
import { mistakesOf } from '../mistakes.js';
import { readTextFile, refuseReadableByOthers } from '../read-file.js';
import { parseYamlText } from '../yaml-text.js';

/** What a credentials file holds. Never printed. */
export interface CredentialsFile {
  /** Where it is. */
  readonly file: string;
  readonly user: string;
  readonly password: string;
  readonly addresses?: readonly string[];
  readonly caCert?: string;
}

const text = z.string().min(1, 'is empty');

/** The keys of the Juju Terraform provider. */
const Keys = z.strictObject({
  username: text,
  password: text,
  'controller-addresses': z.union([text, z.array(text)]).exactOptional(),
  'ca-cert': text.exactOptional(),
});

/**
 * Reads credentials from a YAML or JSON file that only its owner may read.
 * @throws InputError that never quotes the content.
 */
export function readCredentials(file: string): CredentialsFile {
  const read = readTextFile(file);
  refuseReadableByOthers(file, read);
  const keys = parseKeys(read.content, file);
  const addresses = addressList(keys['controller-addresses']);
  return {
    file,
    user: keys.username,
    password: keys.password,
    ...(addresses === undefined ? {} : { addresses }),
    ...(keys['ca-cert'] === undefined ? {} : { caCert: keys['ca-cert'] }),
  };
}

function parseKeys(content: string, file: string): z.output<typeof Keys> {
  const value = parseQuietly(content, file);
  if (typeof value === 'object' && value !== null && ('client-id' in value || 'client-secret' in value))
    throw new InputError(
      `${file}: client-id and client-secret are not supported yet: use username and password`,
    );
  const result = Keys.safeParse(value, { reportInput: true });
  if (!result.success) throw new InputError(`${file}: ${mistakesOf(Keys, result.error.issues).join('; ')}`);
  return result.data;
}

/** A parser's own message may quote the line it stumbled over: it is left out. */
function parseQuietly(content: string, file: string): unknown {
  try {
    return parseYamlText(content, file);
  } catch {
    throw new InputError(`${file} is neither YAML nor JSON: write username: and password:, each on its line`);
  }
}

function addressList(given: string | readonly string[] | undefined): readonly string[] | undefined {
  const list = typeof given === 'string' ? given.split(',').map((address) => address.trim()) : given;
  return list?.filter((address) => address !== '');
}
