import { InputError } from '../core/input-error.js';
import { YamlError, yamlValue } from '../core/yaml.js';
import { throwMistakes } from './mistakes.js';

/** The longest text that a person may have written, in characters. Beyond it the parser would take seconds. */
const limit = 2 * 1024 * 1024;

/** The value in a text of YAML or JSON that a person wrote. @throws InputError naming line and column of all errors. */
export function parseYamlText(content: string, file: string): unknown {
  if (content.length > limit)
    throw new InputError(`${file} is larger than ${limit / 1024 / 1024} MiB: is it the right file?`);
  try {
    return yamlValue(content, { uniqueKeys: true });
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throwMistakes(file, onePerPlace(error.mistakes));
    throw error;
  }
}

/** One slip makes the parser complain several times at the same place: the first complaint is the one that helps. */
function onePerPlace(mistakes: readonly string[]): readonly string[] {
  const places = mistakes.map((mistake) => /at line \d+, column \d+/.exec(mistake)?.[0]);
  return mistakes.filter(
    (_, index) => places[index] === undefined || places.indexOf(places[index]) === index,
  );
}
