import { parseAllDocuments } from 'yaml';
import { InputError } from '../../core/input-error.js';
import { hasLoop } from '../../core/loop.js';

/**
 * The values in a text: one for JSON, one for each document for YAML. JSON is told by its first character, for
 * YAML's parser is many times slower.
 * @throws InputError naming `source` when the text is empty or is neither.
 */
export function parseText(content: string, source: string): unknown[] {
  const body = content.startsWith('\uFEFF') ? content.slice(1) : content;
  const first = /\S/.exec(body)?.[0];
  if (first === undefined)
    throw new InputError(`${source} is empty: save what juju printed into it and try again`);
  return first === '{' || first === '[' ? [parseJson(body, source)] : parseYaml(body, source);
}

function parseJson(body: string, source: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    // YAML may begin with a bracket as well; what is broken JSON is broken YAML, too.
    const [only] = attemptYaml(body);
    if (only !== undefined) return only;
    throw new InputError(`${source} is not valid JSON (${reasonOf(error)}): was it cut short while saving?`);
  }
}

function attemptYaml(body: string): unknown[] {
  try {
    return parseYaml(body, '');
  } catch {
    return [];
  }
}

function parseYaml(body: string, source: string): unknown[] {
  const documents = parseAllDocuments(body, { logLevel: 'silent', uniqueKeys: false, prettyErrors: true });
  const values: unknown[] = [];
  for (const document of documents) {
    const error = document.errors[0];
    if (error !== undefined)
      throw new InputError(`${source} is neither JSON nor YAML: ${firstLine(error.message)}`);
    values.push(valueOf(document, source));
  }
  return values;
}

/** Aliases that multiply beyond reason, or lead nowhere, only show when the value is made. */
function valueOf(document: { toJS(): unknown }, source: string): unknown {
  const value = attemptValue(document, source);
  if (hasLoop(value))
    throw new InputError(`${source} contains itself: one of its YAML aliases (*name) loops`);
  return value;
}

function attemptValue(document: { toJS(): unknown }, source: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new InputError(`${source} cannot be read as YAML: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return firstLine(error instanceof Error ? error.message : String(error));
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
