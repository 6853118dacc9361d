import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cliCalls, trace, Trouble, type Act } from '../support/trouble.js';

let trouble: Trouble;

beforeAll(async () => {
  trouble = await Trouble.start();
});
afterEach(() => trouble.over());
afterAll(() => trouble.rig.close());

/** What is done, and what then shows: a reason why the daemon is not ready, or a count above zero. */
const troubles: readonly [string, Act, RegExp][] = [
  [
    'the controller cannot be reached',
    (faults) => faults.unreachable(true),
    /controller juju-4 is not connected/,
  ],
  [
    'the controller takes connections and never answers',
    (faults) => {
      faults.silent(true);
    },
    /juju-4(:data)? (is not connected|has not been read lately)/,
  ],
  [
    'the status call hangs',
    (faults) => {
      faults.hang('Client.FullStatus', true);
    },
    /juju-4:data has not been read lately/,
  ],
  [
    'an upgrade lets nothing but status through',
    (faults) => {
      faults.upgrade('calls');
    },
    /juju-4:data: not all facts could be read: .*upgrade in progress/,
  ],
  [
    'every answer takes longer than we wait',
    (faults) => {
      faults.slow(3000);
    },
    /juju-4(:data)? (is not connected|has not been read lately)/,
  ],
  [
    'changes are blocked',
    (_, world) => {
      world.disableCommands('data', 'all', 'freeze');
      trouble.blocked.add(world);
    },
    cliCalls('blocked'),
  ],
  [
    'our identity is denied the change',
    (faults) => {
      faults.denied('ModelConfig.ModelSet', true);
      faults.denied('ModelConfig.ModelUnset', true);
    },
    cliCalls('denied'),
  ],
];

describe('trouble on the way', () => {
  it.each(troubles)('%s: it shows, and the drift is put right once it is over', (_, begin, sign) =>
    trouble.isOutlived(begin, sign),
  );

  it('dropped sockets cost a reconnect, and no change is made twice', async () => {
    const { rig } = trouble;
    const from = rig.events.length;
    const drop: Act = (faults) => {
      faults.dropSockets();
    };
    for (let drops = 0; drops < 5; drops += 1) await trouble.each(drop);
    await trouble.each(trace);
    await trouble.each(drop);
    for (const told of await trouble.mended(from))
      expect(told.filter((word) => word === 'Running')).toHaveLength(1);
    expect(await rig.metrics()).toMatch(/holdfast_juju_api_reconnects_total\{[^}]*\} [1-9]/);
  });
});
