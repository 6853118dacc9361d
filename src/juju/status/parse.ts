import { InputError } from '../../core/input-error.js';
import { YamlError, yamlValues } from '../../core/yaml.js';
import { jsonDocuments } from './json-documents.js';

/**
 * The values in a text: one for each document of a JSON or YAML stream. JSON is told by its first character, for YAML's
 * parser is many times slower.
 * @throws InputError naming `source` when the text is empty or is neither.
 */
export function parseText(content: string, source: string): readonly unknown[] {
  const body = content.replace(beginning, '');
  const first = /\S/.exec(body)?.[0];
  if (first === undefined)
    throw new InputError(`${source} is empty: save what juju printed into it and try again`);
  if (first === '{' || first === '[') return parseJson(body, source);
  if (isTable(body))
    throw new InputError(
      `${source} is the table that juju prints for people: save it with "juju status --format json"`,
    );
  return parseYaml(body, source);
}

/** A byte order mark, and the line that YAML puts before a document. */
const beginning = /^\uFEFF?(?:---[ \t]*\r?\n)?/;

/** The headings of the tables that `juju status` prints without a format. */
function isTable(body: string): boolean {
  return /^\s*(?:Model|SAAS|App|Unit|Machine) {2,}\S/.test(body);
}

/** One document as a rule; several, one after another, only where that fails. */
function parseJson(body: string, source: string): readonly unknown[] {
  try {
    return [JSON.parse(body) as unknown];
  } catch (error) {
    return parseSeveral(body, source, reasonOf(error));
  }
}

function parseSeveral(body: string, source: string, reason: string): readonly unknown[] {
  const { texts, cutShort } = jsonDocuments(body) ?? { texts: [], cutShort: false };
  if (cutShort && texts.length > 0)
    throw new InputError(
      `document ${texts.length + 1} of ${source} was cut short while saving: save it anew`,
    );
  if (texts.length > 1)
    return texts.map((text, index) => parseOne(text, `document ${index + 1} of ${source}`));
  // YAML may begin with a bracket as well, but closes what it opens.
  const found = cutShort ? [] : attemptYaml(body);
  if (found.length > 0) return found;
  throw new InputError(`${source} is not valid JSON (${reason}): was it cut short while saving?`);
}

function parseOne(text: string, source: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InputError(`${source} is not valid JSON (${reasonOf(error)}): save it anew`);
  }
}

function attemptYaml(body: string): readonly unknown[] {
  try {
    return parseYaml(body, '');
  } catch {
    return [];
  }
}

function parseYaml(body: string, source: string): readonly unknown[] {
  try {
    return yamlValues(body, { uniqueKeys: false });
  } catch (error) {
    const isPlace = error instanceof YamlError && error.line !== undefined;
    throw new InputError(
      `${source} ${isPlace ? 'is neither JSON nor YAML' : 'cannot be read as YAML'}: ${reasonOf(error)}`,
    );
  }
}

function reasonOf(error: unknown): string {
  return firstLine(error instanceof Error ? error.message : String(error));
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
