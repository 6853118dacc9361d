/// <reference lib="esnext.error" />
import { types } from 'node:util';

/** Keys whose values are never logged, however they are spelled: `clientSecret`, `client-secret`, `CLIENT_SECRET`. */
const secretKey =
  /passw(?:or)?d|passphrase|secret|token|credential|macaroon|authorization|cookie|(?:private|api|access)[-_ ]?key/i;
const deepest = 8;
const redacted = '[redacted]';

/** The fields as plain data with everything under a secret's key blanked out, at any depth. Errors become objects. */
export function redact(fields: object): Record<string, unknown> {
  return Error.isError(fields) ? { err: errorFields(fields, 0) } : redactObject(fields, 0);
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[deeper]';
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  if (Error.isError(value)) return errorFields(value, depth);
  if (types.isDate(value)) return value;
  return redactObject(value, depth);
}

function redactObject(value: object, depth: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    fields[key] = secretKey.test(key) ? redacted : redactValue(field, depth + 1);
  }
  return fields;
}

function errorFields(error: Error, depth: number): Record<string, unknown> {
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: redactValue(error.cause, depth + 1) }),
    ...redactObject(error, depth),
  };
}
