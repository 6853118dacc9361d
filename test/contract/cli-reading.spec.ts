import { afterAll, describe, expect, test } from '@jest/globals';
import { judged, normal, parsed, recordingsIn, Rehearsal } from './replay.js';
import { countUp, printTable } from './table.js';
import { prodEstate } from './recorded-estate.js';
import { differences } from './shape.js';

const byName = new Set([
  'show-application',
  'show-model',
  'show-controller',
  'offers',
  'find-offers',
  'secrets',
  'operations',
  'run',
  'exec',
  'users',
]);
/** Besides these, nothing of openssl: the certificates of simulated units are shown by their ports. */
const notSimulated = new Set(['machines', 'show-unit', 'spaces', 'firewall-rules', 'resources']);
const replayed = new Map<string, number>();

/**
 * What may differ: a network card's gateway, which says nothing to a guide; descriptions, which the fixtures leave out;
 * messages of failed tasks, of which the recorder's first ten operations had none.
 */
const accepted = [
  /\.network-interfaces\.\*\.gateway: only recorded/,
  /\.description: only simulated/,
  /\.tasks\.\*\.message: only simulated/,
];

/** Tasks of every kind, so that there is something to list. */
async function livelyPast(rehearsal: Rehearsal, failing: boolean): Promise<void> {
  const m = ['-m', 'prod:data'];
  await rehearsal.run(['juju', 'run', ...m, 'etcd/leader', 'create-backup']);
  await rehearsal.run(['juju', 'run', ...m, 'postgresql/leader', 'create-backup']);
  await rehearsal.run(['juju', 'exec', ...m, '--unit', 'etcd/0', '--', 'true']);
  const { faults } = rehearsal.world.controllers.get('prod')!;
  if (failing) faults.failActions = 'told to fail';
  await rehearsal.run(['juju', 'run', ...m, 'etcd/leader', 'pre-refresh-check']);
  delete faults.failActions;
}

describe.each([
  ['1-bare', false],
  ['3-hardened', true],
] as const)('commands that read, on the estate of %s,', (state, hardened) => {
  const folder = `captures/real/${state}/cli`;
  const cases = recordingsIn(folder).filter(
    ({ argv }) => !notSimulated.has(argv[1] ?? '') && !(argv.at(-1) ?? '').includes('openssl'),
  );

  test.each(cases.map((each) => [each.name, each] as const))(
    'print what the real client printed: %s',
    async (_name, call) => {
      const rehearsal = new Rehearsal(prodEstate(hardened), { controller: 'prod', model: 'admin/cos' });
      await livelyPast(rehearsal, hardened);
      const answer = await rehearsal.run(call.argv);
      expect({ exit: answer.exit, stderr: normal(answer.stderr) }).toEqual({
        exit: call.exit,
        stderr: normal(call.stderr),
      });
      const wanted = parsed(call.stdout);
      if (wanted !== undefined) {
        const found = differences(wanted, parsed(answer.stdout), byName.has(call.argv[1] ?? ''));
        expect(found.filter((difference) => !accepted.some((pattern) => pattern.test(difference)))).toEqual(
          [],
        );
      }
      expect(judged(call.argv, answer)).toBe(judged(call.argv, { ...call, exit: Number(call.exit) }));
      countUp(replayed, call.argv[1]);
    },
  );
});

afterAll(() => {
  printTable('commands that read', replayed);
});
