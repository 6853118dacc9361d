/** By itself, beside the other troubles: a call has to be given up, and what became of it is looked at for a while. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cliCalls, Trouble } from '../support/trouble.js';

let trouble: Trouble;

beforeAll(async () => {
  trouble = await Trouble.start({ cliDeadline: 8 });
});
afterAll(() => trouble.rig.close());

it('a change that hangs is given up, and the drift is put right once it does not hang any more', async () => {
  await trouble.isOutlived((faults) => {
    faults.hang('ModelConfig.ModelSet', true);
    faults.hang('ModelConfig.ModelUnset', true);
  }, cliCalls('retry'));
  expect(trouble.rig.daemon.readiness().ready).toBe(true);
});
