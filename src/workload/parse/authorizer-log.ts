import type { AuthorizerLog } from '../../core/evidence/kafka.js';
import type { Dict } from '../../core/dict.js';
import { keyValues, yamlScalar } from './key-values.js';
import { word } from './parse-error.js';
import { isTrue, parseProperties } from './properties.js';

/** The logger that the authorizer writes to, and those that it hands its lines on to. */
const logger = 'kafka.authorizer.logger';
const line = [logger, 'kafka.authorizer', 'kafka'] as const;

/** What log4j 1 makes of `log4j.properties`. @throws ParseError */
export function parseLog4j(text: string): AuthorizerLog {
  const properties = parseProperties(text);
  const own = ownLoggers(properties);
  const additive =
    properties[`log4j.additivity.${logger}`] === undefined ||
    isTrue(properties[`log4j.additivity.${logger}`]);
  const level = own.map(([first]) => first).find((one) => one !== undefined && one !== '');
  const appenders = (additive ? own : own.slice(0, 1)).flatMap(([, ...names]) => names);
  return logOf({ level, additive, appenders }, (name) =>
    (properties[`log4j.appender.${name}`] ?? '').trim().endsWith('ConsoleAppender'),
  );
}

/** Level and appenders of the logger itself (perhaps none), then of those above it. */
function ownLoggers(properties: Dict<string>): readonly (readonly string[])[] {
  const named = line.map(
    (name) => properties[`log4j.logger.${name}`] ?? properties[`log4j.category.${name}`],
  );
  const all = [...named, properties['log4j.rootLogger'] ?? properties['log4j.rootCategory']];
  return all.map((value) => (value ?? '').split(',').map((part) => part.trim()));
}

interface Written {
  readonly level: string | undefined;
  readonly additive: boolean;
  readonly appenders: readonly string[];
}

/** A level that is handed in from outside, as `${…}`, is not known from the file. */
function logOf({ level, additive, appenders }: Written, isConsole: (name: string) => boolean): AuthorizerLog {
  const names = [...new Set(appenders.filter((name) => name !== ''))];
  const known = level !== undefined && /^[A-Za-z]+$/.test(level) && !/^(?:inherited|null)$/i.test(level);
  return {
    ...(known ? { level: word(level).toUpperCase() } : {}),
    appenders: names.map(word),
    additive,
    console: names.some(isConsole),
  };
}

/** What log4j 2 makes of `log4j2.yaml`, from the keys that were taken out of it. @throws ParseError */
export function parseLog4j2Yaml(text: string): AuthorizerLog {
  const pairs = keyValues(text).map(({ path, raw }) => ({
    path: path.toLowerCase(),
    value: String(yamlScalar(raw) ?? ''),
  }));
  const consoles = new Set(
    pairs
      .filter(({ path }) => /^configuration\/appenders\/console(?:\/\d+)?\/name$/.test(path))
      .map(({ value }) => value),
  );
  const named = line.map((name) =>
    blockOf(pairs, pairs.find(({ path, value }) => isName(path) && value === name)?.path),
  );
  const own = [...named, pairs.filter(({ path }) => path.startsWith('configuration/loggers/root/'))];
  const additive = own[0]?.find(({ path }) => path.endsWith('/additivity'))?.value.toLowerCase() !== 'false';
  const level = own
    .map((block) => block.find(({ path }) => path.endsWith('/level'))?.value)
    .find((one) => one !== undefined && one !== '');
  const appenders = (additive ? own : own.slice(0, 1)).flatMap((block) =>
    block.filter(({ path }) => /\/appenderref(?:\/\d+)?\/ref$/.test(path)).map(({ value }) => value),
  );
  return logOf({ level, additive, appenders }, (name) => consoles.has(name));
}

interface Pair {
  readonly path: string;
  readonly value: string;
}

function isName(path: string): boolean {
  return /^configuration\/loggers\/(?:async)?logger(?:\/\d+)?\/name$/.test(path);
}

/** Everything that stands beside a name. */
function blockOf(pairs: readonly Pair[], name: string | undefined): readonly Pair[] {
  if (name === undefined) return [];
  const block = name.slice(0, -'name'.length);
  return pairs.filter(({ path }) => path.startsWith(block));
}

/** Whether a file of log4j 2 is meant, which Kafka 4 has, by what was taken out of it. */
export function parseAuthorizerLog(text: string): AuthorizerLog {
  return text.includes('\t') && /^configuration\//im.test(text) ? parseLog4j2Yaml(text) : parseLog4j(text);
}
