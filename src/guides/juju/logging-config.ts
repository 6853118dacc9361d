/** `logging-config`: `<root>=INFO;juju.rpc=TRACE`. */

interface Logger {
  readonly name: string;
  readonly level: string;
}

const root = '<root>';

/** The loggers through which the bodies of Juju's calls go. */
const callLoggers = ['juju.rpc', 'juju.apiserver', 'juju.api'] as const;

/** The entries that let Juju's calls into the log. */
export function loudLoggers(text: string): readonly string[] {
  return parse(text).filter(isLoud).map(written);
}

/** The same without what is loud; undefined when nothing but Juju's default remains. */
export function quieted(text: string): string | undefined {
  const kept = parse(text).filter((logger) => !isLoud(logger));
  if (!kept.some(({ name }) => name !== root))
    return kept.length === 0 ? undefined : kept.map(written).join(';');
  const withRoot = kept.some(({ name }) => name === root) ? kept : [{ name: root, level: 'INFO' }, ...kept];
  return withRoot.map(written).join(';');
}

function parse(text: string): readonly Logger[] {
  const entries = text.split(/[;\s]+/).filter((entry) => entry !== '');
  return entries.map((entry) => {
    const at = entry.lastIndexOf('=');
    return at < 0 ? { name: root, level: entry } : { name: entry.slice(0, at), level: entry.slice(at + 1) };
  });
}

function written({ name, level }: Logger): string {
  return `${name}=${level}`;
}

/** TRACE anywhere, and DEBUG where calls pass: at the root, at `juju`, and at and below the loggers of calls. */
function isLoud({ name, level }: Logger): boolean {
  const loudness = level.toUpperCase();
  if (loudness === 'TRACE') return true;
  if (loudness !== 'DEBUG') return false;
  return (
    name === root ||
    name === 'juju' ||
    callLoggers.some((logger) => name === logger || name.startsWith(`${logger}.`))
  );
}
