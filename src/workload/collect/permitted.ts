/** What the prober's `juju` may be told to do: nothing but the looks and the telling actions that there are. */
import { tellingActions } from '../../core/ports/workload-reader.js';
import { inquiries, looksOf } from './inquiries.js';
import { scriptOf } from './script.js';

let known: ReadonlySet<string> | undefined;

/** Every command that is ever run on a unit. */
export function knownScripts(): ReadonlySet<string> {
  known ??= new Set(inquiries.map((inquiry) => scriptOf(looksOf(inquiry))));
  return known;
}

/** Why the prober must not make this call, or undefined when it may. */
export function notPermitted(argv: readonly string[]): string | undefined {
  const [command = ''] = argv;
  if (command === 'exec') {
    const rest = argv.slice(argv.indexOf('--') + 1);
    const isKnown = argv.includes('--') && rest.length === 1 && knownScripts().has(rest[0] ?? '');
    return isKnown ? undefined : 'the prober runs no command on units but its own';
  }
  const isTelling =
    command === 'run' && argv.slice(1).some((word) => (tellingActions as readonly string[]).includes(word));
  return isTelling && !argv.some((word) => word.includes('='))
    ? undefined
    : `the prober makes no call of juju ${command}`;
}
