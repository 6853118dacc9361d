import type { CharmListing } from '../../core/charmhub/listing.js';
import { newDict, type Dict } from '../../core/dict.js';
import { isKnown, type Fact } from '../../core/fact.js';
import { isApplication } from '../cli/names.js';
import { listingIn } from '../charmhub/over-juju.js';
import { secondsOf } from '../status/time.js';
import type { CliRecord } from './answers.js';
import { commandOf } from './command.js';
import { resultOf } from './recorded-cli.js';

/** What Charmhub said of charms, by the recorded calls of `juju info`; undefined where there are none. */
export function recordedListings(
  records: readonly CliRecord[],
  recordedAt: number,
): Dict<Fact<CharmListing>> | undefined {
  const found = newDict<Fact<CharmListing>>();
  for (const record of records) {
    const argv = record.argv.slice(1);
    const { name, words, format } = commandOf(argv);
    const [charm = ''] = words;
    if (name !== 'info' || format !== 'json' || !isApplication(charm)) continue;
    const source = { road: 'recording', call: `juju ${argv.join(' ')}` } as const;
    const fact = listingIn(charm, resultOf(argv, record), { source, at: secondsOf(record.at ?? recordedAt) });
    // What was answered counts before what was not; then the latest.
    if (isKnown(fact) || found[charm] === undefined) found[charm] = fact;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}
