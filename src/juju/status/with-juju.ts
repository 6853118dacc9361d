import type { Snapshot } from '../../core/snapshot.js';
import type { Clock, JujuCli } from '../../core/ports/index.js';
import { withListings, type OneInquiry } from '../charmhub/ask-once.js';
import { charmhubOverJuju } from '../charmhub/over-juju.js';
import { findJuju } from '../cli/binary.js';
import { jujuCli } from '../cli/driver.js';
import { loggedIn } from '../cli/logged-in.js';
import { readWithCli } from './read-with-cli.js';

/** What a person's own `juju` needs. */
export interface OwnJuju {
  /** The caller's PATH, where `juju` is looked for. */
  readonly searchPath: string;
  /** The caller's HOME, PATH, JUJU_DATA, XDG_DATA_HOME, JUJU_CONTROLLER, proxies: what `juju` itself would see. */
  readonly environment: Readonly<Record<string, string>>;
  readonly temporaryDirectory: string;
  readonly clock: Clock;
  readonly progress: (line: string) => void;
  /** Puts itself between us and the driver, to keep the answers. */
  readonly listen?: (cli: JujuCli) => JujuCli;
  /** Asks Charmhub besides, where that is asked for, and where its answers are kept. */
  readonly charmhub?: Pick<OneInquiry, 'policy' | 'shelf'>;
  /** Looks into units besides, where that is asked for. */
  readonly inside?: InsideCalls;
}

/** What is done with a driver that may make some calls which do not only read, but no others. */
export interface InsideCalls {
  readonly refuses: (argv: readonly string[]) => string | undefined;
  readonly look: (snapshot: Snapshot, cli: JujuCli) => Promise<Snapshot>;
}

/** Milliseconds for one call: a controller that does not answer keeps `juju` waiting for ten minutes. */
const deadlineMs = 60_000;

/**
 * A snapshot of the controller that the caller's own `juju` is logged in to. Only reads.
 * @throws InputError when there is no `juju`, no login, or no answer.
 */
export async function readLoggedIn(own: OwnJuju): Promise<Snapshot> {
  const { searchPath, environment, temporaryDirectory, clock, progress, listen = alone } = own;
  // Whatever the person calls by that name: reading works across major versions.
  const binary = await findJuju({ searchPath }, '', false);
  const { controller, user } = await loggedIn({ binary, environment, deadlineMs, clock });
  const driver = {
    controller,
    binary: () => Promise.resolve(binary),
    environment,
    temporaryDirectory,
    deadlineMs,
    secrets: () => [],
    clock,
  };
  const cli = jujuCli({ ...driver, readOnly: true });
  const heard = listen(cli);
  const read = await readWithCli({ cli: heard, user, clock, progress });
  const about = { charmhub: charmhubOverJuju(heard, clock), clock, progress };
  const snapshot =
    own.charmhub === undefined ? read : await withListings(read, { ...own.charmhub, ...about });
  if (own.inside === undefined) return snapshot;
  const { refuses, look } = own.inside;
  return look(snapshot, jujuCli({ ...driver, readOnly: false, refuses }));
}

function alone(cli: JujuCli): JujuCli {
  return cli;
}
