/**
 * The command that is run on a unit: one for all that is looked at there. It reads, prints single keys, and changes
 * nothing. On Kubernetes a command runs beside the workload, whose files are then read through Pebble.
 */
import type { KeyFormat, Look } from '../../core/ports/workload-reader.js';
import { iniAwk } from './extract/ini-awk.js';
import { propertiesAwk } from './extract/properties-awk.js';
import { yamlAwk } from './extract/yaml-awk.js';
import { programs } from './programs.js';

const awk = { properties: propertiesAwk, ini: iniAwk, yaml: yamlAwk } as const satisfies Record<
  KeyFormat,
  string
>;

/** Longer files are cut before anything is taken from them, and longer answers afterwards: in bytes. */
const most = { file: 262_144, answer: 65_536 } as const;
/** Seconds that one program may take. */
const patience = 20;

/** `box` runs a program where the workload is; `shown` ends an answer with how it went. */
const prelude = `
export LC_ALL=C
umask 077
plain() { timeout ${patience} "$@"; }
inside() { PEBBLE_SOCKET="$socket" timeout ${patience} /charm/bin/pebble exec -- "$@"; }
at() { socket="/charm/containers/$1/pebble.socket"; if [ -n "$1" ] && [ -S "$socket" ]; then box=inside; else box=plain; fi; }
shown() { head -c ${most.answer} | sed 's/^/|/'; }
`.trim();

/** The text of the command for these looks: the same for the same looks, always. */
export function scriptOf(looks: readonly Look[]): string {
  const used = [...new Set(looks.flatMap((look) => (look.kind === 'keys' ? [look.format] : [])))];
  const defined = used.map((format) => `awk_${format}=${quoted(awk[format])}`);
  const parts = looks.map(
    (look, index) => `echo '== ${index}'\nat ${quoted(look.container ?? '')}\n${partOf(look)}`,
  );
  return [prelude, ...defined, ...parts, 'exit 0'].join('\n');
}

function partOf(look: Look): string {
  switch (look.kind) {
    case 'keys':
      return look.each === true ? eachPart(look) : keysPart(look);
    case 'stat':
      return `{ $box stat -c '%a %U %G %n' ${look.paths.map(quoted).join(' ')} 2>/dev/null; echo '?0'; } | shown`;
    case 'certificates':
      return `{ ${look.paths.map(certificatePart).join('; ')}; echo '?0'; } | shown`;
    case 'program':
      return `{ ${programs[look.program] ?? 'false'}\ncode=$?; echo; echo "?$code"; } 2>/dev/null | shown`;
  }
}

function keysPart({ paths, format, keys }: Extract<Look, { kind: 'keys' }>): string {
  const [first = '', ...others] = paths.map(quoted);
  const missing = `if ! $box test -e ${first}; then echo '?absent'; elif ! $box test -r ${first}; then echo '?unreadable'; else`;
  const read = [first, ...others].map((path) => `$box cat ${path} 2>/dev/null; echo`).join('; ');
  const taken = `{ ${read}; } | head -c ${most.file} | timeout ${patience} awk -v KEYS=${quoted(keys.join(' '))} "$awk_${format}" && echo '?0'`;
  return `{ ${missing} ${taken}; fi; } | shown`;
}

/** One that cannot be read makes the answer odd: nobody is to believe that all were seen. */
function eachPart({ paths, format, keys }: Extract<Look, { kind: 'keys' }>): string {
  const found = `found=$($box ls -d ${paths.map(quoted).join(' ')} 2>/dev/null)`;
  const taken = `$box cat "$file" 2>/dev/null | head -c ${most.file} | timeout ${patience} awk -v KEYS=${quoted(keys.join(' '))} "$awk_${format}"`;
  const one = `echo "#$file"; if $box test -r "$file"; then ${taken}; else echo '#!odd'; fi`;
  return `{ ${found}; if [ -z "$found" ]; then echo '?absent'; else for file in $found; do ${one}; done; echo '?0'; fi; } | shown`;
}

/** Only certificates: a key in the same file is left out. */
function certificatePart(path: string): string {
  const only = `awk '/-----BEGIN CERTIFICATE-----/{on=1} on{print} /-----END CERTIFICATE-----/{on=0}'`;
  return `if $box test -r ${quoted(path)}; then echo ${quoted(`#${path}`)}; $box cat ${quoted(path)} 2>/dev/null | head -c 65536 | ${only}; fi`;
}

/** For the shell: nothing within has a meaning. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
