/**
 * A daemon that writes into a journal until it is killed, or taken over (exit 3): three records in each batch, numbered,
 * and each batch told once it is written.
 */
import { writeSync } from 'node:fs';
import { defaultRetention } from '../../src/core/policy/rails.js';
import { StaleFence } from '../../src/core/ports/index.js';
import { openStore } from '../../src/store/sqlite/open.js';
import { entryNamed, remediationNamed, stepOf } from './journal-samples.js';
import { realClock } from './real-clock.js';

const [, , file = ''] = process.argv;
const store = await openStore(file, { clock: realClock(), retention: defaultRetention });
for (let n = 1; process.exitCode === undefined; n += 1) {
  const id = `r${n}`;
  try {
    await store.write(
      { type: 'remediation', remediation: remediationNamed(id) },
      { type: 'step', step: stepOf(id, 1) },
      { type: 'audit', entry: entryNamed('Begun', { body: { n } }) },
      { type: 'audit', entry: entryNamed('Followed', { body: { n } }) },
      { type: 'audit', entry: entryNamed('Ended', { body: { n } }) },
    );
    writeSync(1, `${n}\n`);
  } catch (error) {
    if (!(error instanceof StaleFence)) throw error;
    process.exitCode = 3;
  }
}
