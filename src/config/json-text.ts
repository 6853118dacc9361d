import { InputError } from '../core/input-error.js';

/** The value in a text of JSON. @throws InputError naming `source`. */
export function parseJson(
  content: string,
  source: string,
  reviver?: (key: string, value: unknown) => unknown,
): unknown {
  const body = content.startsWith('\uFEFF') ? content.slice(1) : content;
  if (body.trim() === '') throw new InputError(`${source} is empty: make it anew`);
  try {
    return JSON.parse(body, reviver) as unknown;
  } catch (error) {
    throw new InputError(
      `${source} is not valid JSON (${error instanceof Error ? error.message : String(error)}): was it cut short while saving, or is it another file?`,
    );
  }
}
