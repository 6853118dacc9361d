/** Charmhub, asked through a `juju` that knows of no controller: `juju info` needs none. */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Look } from '../cli/services.js';
import type { Environment } from '../config/environment.js';
import type { CharmListing } from '../core/charmhub/listing.js';
import type { Fact } from '../core/fact.js';
import type { CharmhubListings, Clock, JujuCli, Log } from '../core/ports/index.js';
import { charmhubOverJuju } from '../juju/charmhub/over-juju.js';
import { Listings } from '../juju/charmhub/listings.js';
import { listingShelf } from '../juju/charmhub/shelf.js';
import { findJuju } from '../juju/cli/binary.js';
import { jujuCli } from '../juju/cli/driver.js';
import { shelfFolder } from './shelf-folder.js';
import { systemClock } from './system.js';

/** ms; Charmhub answers within a second or two. */
const deadlineMs = 30_000;

/** How the daemon asks Charmhub, where its policy says so. */
export function charmhubListings(environment: Environment, clock: Clock, log: Log): CharmhubListings {
  const charmhub = charmhubOverJuju(charmhubCli(environment, clock), clock);
  return new Listings({ charmhub, shelf: listingShelf(shelfFolder(environment)), clock, log });
}

/** Asks about these charms now, one after the other, whatever was kept of earlier answers. */
export async function askCharmhub(
  charms: readonly string[],
  { environment, progress }: Pick<Look, 'environment' | 'progress'>,
): Promise<readonly Fact<CharmListing>[]> {
  const charmhub = charmhubOverJuju(charmhubCli(environment, systemClock), systemClock);
  const answers: Fact<CharmListing>[] = [];
  for (const charm of charms) {
    progress(`asking Charmhub about ${charm}`);
    answers.push(await charmhub.ask(charm));
  }
  return answers;
}

/** A `juju` with an empty data directory of its own, which only reads. */
export function charmhubCli(environment: Environment, clock: Clock): JujuCli {
  const { juju3, juju4, searchPath, stateDir, jujuVariables } = environment;
  const directory = join(stateDir, 'juju-charmhub');
  return jujuCli({
    controller: 'charmhub',
    binary: () => findJuju({ juju3: juju3 ?? juju4, searchPath }, '', true),
    dataDirectory: directory,
    prepare: async () => {
      await mkdir(directory, { recursive: true, mode: 0o700 });
    },
    environment: { ...networkOf(jujuVariables), PATH: searchPath, HOME: directory },
    temporaryDirectory: tmpdir(),
    deadlineMs,
    readOnly: true,
    secrets: () => [],
    clock,
  });
}

/** How the network is reached: proxies, certificates, and another address of Charmhub. */
function networkOf(variables: Environment['jujuVariables']): Readonly<Record<string, string>> {
  const wanted = Object.entries(variables).filter(([name]) => /proxy$|^SSL_CERT_|^CHARMHUB_URL$/i.test(name));
  return Object.fromEntries(wanted);
}
