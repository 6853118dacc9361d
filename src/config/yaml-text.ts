import { parseDocument } from 'yaml';
import { InputError } from '../core/input-error.js';
import { hasLoop } from '../core/loop.js';
import { throwMistakes } from './mistakes.js';

/** The longest text that a person may have written, in characters. Beyond it the parser would take seconds. */
const limit = 2 * 1024 * 1024;

/** The value in a text of YAML or JSON that a person wrote. @throws InputError naming line and column of all errors. */
export function parseYamlText(content: string, file: string): unknown {
  if (content.length > limit)
    throw new InputError(`${file} is larger than ${limit / 1024 / 1024} MiB: is it the right file?`);
  const document = parseDocument(content, { prettyErrors: true, logLevel: 'silent' });
  throwMistakes(
    file,
    document.errors.map(({ message }) => firstLine(message)),
  );
  const value = valueOf(document, file);
  if (hasLoop(value)) throw new InputError(`${file} contains itself: one of its YAML aliases (*name) loops`);
  return value;
}

/** Aliases that multiply beyond reason only show when the value is made. */
function valueOf(document: { toJS(): unknown }, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${file} cannot be read as YAML: ${firstLine(why)}`);
  }
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? message).replace(/:$/, '');
}
