import type { CharmListing } from '../../core/charmhub/listing.js';
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { Charmhub, CliResult, Clock, JujuCli } from '../../core/ports/index.js';
import { jsonIn } from '../status/ask.js';
import { secondsOf } from '../status/time.js';
import { listingFrom, notListed } from './read-info.js';

/** What would have to be so for Charmhub to answer. */
export const reachable = 'a way to https://api.charmhub.io, or data about the channels in a folder (--data)';

/** Asks through the `juju` command, which needs neither a login nor a controller for it. */
export function charmhubOverJuju(cli: JujuCli, clock: Pick<Clock, 'now'>): Charmhub {
  return {
    ask: async (charm, signal) => {
      const argv = ['info', charm, '--format', 'json'];
      const at = secondsOf(clock.now());
      const result = await cli.run(argv, signal === undefined ? {} : { signal });
      const reading = { source: { road: 'charmhub', call: `juju ${argv.join(' ')}` }, at } as const;
      return listingIn(charm, result, reading);
    },
  };
}

/** As Juju's client says that Charmhub knows no such charm. */
const noSuchCharm = /no information found for charm or bundle/i;

/** What an ended call of `juju info` says of the charm. */
export function listingIn(name: string, result: CliResult, reading: Reading): Fact<CharmListing> {
  const asked = { name, at: reading.at };
  if (result.outcome !== 'done') {
    if (noSuchCharm.test(result.stderr)) return known(reading, notListed(asked));
    return unknown(reading, `Charmhub did not say anything of ${name}: ${whyNot(result)}`, reachable);
  }
  const listing = listingFrom(jsonIn(result.stdout), asked);
  if (listing !== undefined) return known(reading, listing);
  return unknown(reading, `juju printed something about ${name} that is no answer of Charmhub`);
}

/** The client names the whole address that it asked, with hundreds of fields. */
function whyNot({ summary, timedOut }: CliResult): string {
  if (timedOut) return 'it did not answer in time';
  return summary.replace(/"?https?:\/\/([^/"\s]+)[^"\s]*"?/g, '$1');
}
