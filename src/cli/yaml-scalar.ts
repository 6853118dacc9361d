import { escaped } from './emit.js';

/** A value on one line of YAML. JSON is YAML: whatever a model calls its things, it stays one value on one line. */
export function scalar(value: unknown): string {
  return escaped(JSON.stringify(value));
}
