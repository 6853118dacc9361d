/** Words that make an option's name look as if its value were a secret. */
const secretWords = new Set(
  [
    'password',
    'passwords',
    'passwd',
    'passphrase',
    'pwd',
    'pass',
    'secret',
    'secrets',
    'token',
    'tokens',
  ].concat(['credential', 'credentials', 'creds', 'apikey', 'apikeys', 'key', 'keys']),
);

/** Last words that say the value is about a secret, not one: where it is, how it is made, how long it lives. */
const describingWords = new Set(
  [
    'endpoint',
    'url',
    'uri',
    'host',
    'port',
    'server',
    'mode',
    'method',
    'type',
    'kind',
    'format',
    'algorithm',
  ].concat(
    [
      'encryption',
      'enabled',
      'enable',
      'required',
      'policy',
      'name',
      'id',
      'path',
      'file',
      'dir',
      'hook',
      'scope',
    ],
    [
      'length',
      'size',
      'count',
      'limit',
      'timeout',
      'expiry',
      'expiration',
      'validity',
      'ttl',
      'age',
      'rotation',
    ],
    [
      'interval',
      'period',
      'lifetime',
      'lifespan',
      'backend',
      'space',
      'schedule',
      'field',
      'claim',
      'header',
    ],
  ),
);

/** Kinds of keys that are public. */
const publicKinds = new Set(['public', 'authorized', 'ssh', 'gpg', 'host', 'primary', 'partition', 'sort']);

/** Whether an option of this name would usually hold a secret itself. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  if (describingWords.has(words.at(-1) ?? '')) return false;
  return words.some((word, index) => secretWords.has(word) && !isPublic(word, words[index - 1]));
}

function isPublic(word: string, before: string | undefined): boolean {
  return (word === 'key' || word === 'keys') && before !== undefined && publicKinds.has(before);
}

/** Holds for references to Juju secrets, which tell nothing of the contents. */
export function isSecretUri(value: string): boolean {
  return /^secret:(?:\/\/[0-9a-f-]{36}\/)?[0-9a-z]{20}$/.test(value);
}

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const encodedPem = /^LS0tLS1CRUdJTi[A-Za-z0-9+/=\s]*$/;

/** Whether the value is a private key, plain or in base64, whatever the option is called. */
function isPrivateKey(value: string): boolean {
  if (privateKey.test(value)) return true;
  return encodedPem.test(value) && privateKey.test(Buffer.from(value, 'base64').toString('latin1'));
}

const inUrl = /([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{0,500}:[^\s/@]{1,500}@/gi;
const inText =
  /((?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key)["']?\s{0,5}[=:]\s{0,5}["']?)(?!secret:)[^\s"',;&]{1,2000}/gi;

/** Passwords inside longer texts (`https://user:password@host`, `password=…`) blanked out. */
export function redactInText(value: string): string {
  return value.replace(inUrl, '$1[redacted]@').replace(inText, '$1[redacted]');
}

/** What may be kept of a value: all of it, a text with parts blanked out, or nothing. */
export type Kept = { readonly value: unknown; readonly redacted?: true } | { readonly redacted: true };

/** Decides by the option's name and the value itself. Numbers, switches, empty texts and secret URIs are kept. */
export function redact(name: string, value: unknown): Kept {
  if (typeof value !== 'string') return keepStructure(name, value);
  if (value === '' || isSecretUri(value)) return { value };
  if (isSecretName(name) || isPrivateKey(value)) return { redacted: true };
  const clean = redactInText(value);
  return clean === value ? { value } : { value: clean, redacted: true };
}

/** No option nests like this, and what does could not be written down again. */
const deepest = 50;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

function keepStructure(name: string, value: unknown): Kept {
  if (typeof value !== 'object' || value === null) return { value };
  if (isDeeper(value, deepest)) return { redacted: true };
  const whole = JSON.stringify(value);
  return isSecretName(name) || redactInText(whole) !== whole || privateKey.test(whole)
    ? { redacted: true }
    : { value };
}
