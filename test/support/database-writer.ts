/**
 * A daemon that shares a journal in a database: takes a part of it and writes so many batches, each told once it is
 * written; exit 3 where the part was taken over. Its argument is the file with the URL, as users write it.
 */
import { writeSync } from 'node:fs';
import { databaseIn } from '../../src/config/database.js';
import { defaultRetention } from '../../src/core/policy/rails.js';
import { StaleFence } from '../../src/core/ports/index.js';
import { openShared } from '../../src/store/postgres/open.js';
import { batchOf } from './journal-batches.js';
import { realClock } from './real-clock.js';

const [, , file = '', part = '', count = '0'] = process.argv;
const options = { access: databaseIn(file), clock: realClock(), retention: defaultRetention, unit: part };
const shared = openShared(options);
try {
  const store = await shared.take(part);
  writeSync(1, '0\n');
  for (let n = 1; n <= Number(count); n += 1) {
    await store.write(...batchOf(part, n));
    writeSync(1, `${n}\n`);
  }
} catch (error) {
  if (!(error instanceof StaleFence)) throw error;
  process.exitCode = 3;
}
await shared.close();
