import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prodEstate } from './recorded-estate.js';
import { judged, normal, parsed, recordingsIn, Rehearsal } from './replay.js';
import { differences } from './shape.js';
import { countUp, printTable } from './table.js';

/** Seconds that the recorder let pass before a call. */
const pauses: Readonly<Record<string, number>> = { '11-remove-relation-gone': 15 };
/** Calls that somebody else than the administrator made. */
const callers: Readonly<Record<string, string>> = { '32-disabled-user-status': 'carol' };
const replayed = new Map<string, number>();

describe('the recorded remedies, in their order', () => {
  let rehearsal: Rehearsal;
  const calls = recordingsIn('captures/real/remedies');

  beforeAll(async () => {
    rehearsal = new Rehearsal(prodEstate(false), { controller: 'prod', model: 'admin/data' });
    // The recorder had left this relation behind.
    await rehearsal.run([
      'juju',
      'integrate',
      '-m',
      'prod:data',
      'etcd-ca:certificates',
      'etcd:peer-certificates',
    ]);
    await rehearsal.clock.advance(60_000);
  });

  test.each(calls.map((call) => [call.name, call] as const))(
    'end as on the real controller: %s',
    async (name, call) => {
      await rehearsal.clock.advance((pauses[name] ?? 1) * 1000);
      const answer = await rehearsal.run(call.argv, callers[name]);
      expect({ exit: answer.exit, stderr: normal(answer.stderr) }).toEqual({
        exit: call.exit,
        stderr: normal(call.stderr),
      });
      expect(judged(call.argv, answer)).toBe(judged(call.argv, { ...call, exit: Number(call.exit) }));
      const wanted = parsed(call.stdout);
      if (wanted === undefined) expect(answer.stdout).toBe(call.stdout);
      else
        expect(differences(wanted, parsed(answer.stdout), true).filter((each) => !isAboutSize(each))).toEqual(
          [],
        );
      countUp(replayed, call.argv[1]);
    },
  );
});

/** Kafka's answer names its listeners by protocol: other keys, one meaning. */
function isAboutSize(difference: string): boolean {
  return difference.includes('description: only');
}

afterAll(() => {
  printTable('remedies', replayed);
});
