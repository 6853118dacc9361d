import { parseDocument } from 'yaml';
import { InputError } from '../core/input-error.js';
import { throwMistakes } from './mistakes.js';

/** The value in a text of YAML or JSON that a person wrote. @throws InputError naming line and column of all errors. */
export function parseYamlText(content: string, file: string): unknown {
  const document = parseDocument(content, { prettyErrors: true, logLevel: 'silent' });
  throwMistakes(
    file,
    document.errors.map(({ message }) => firstLine(message)),
  );
  try {
    return document.toJS() as unknown;
  } catch (error) {
    throw new InputError(`${file} cannot be read as YAML: ${firstLine(String(error))}`);
  }
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? message).replace(/:$/, '');
}
