import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientData, inProcessDial } from '../../src/simulator/cli/in-process.js';
import { faultsOf } from '../../src/simulator/faults.js';
import { labEstate } from './recorded-estate.js';
import { judged, normal, parsed, recording, Rehearsal, type Outcome, type Recorded } from './replay.js';
import { differences } from './shape.js';
import { countUp, printTable } from './table.js';

type Step = readonly [name: string, user: string];
const asBob = (...names: string[]): Step[] => names.map((name) => [name, 'bob']);
const asAdmin = (...names: string[]): Step[] => names.map((name) => [name, 'admin']);
const byName = new Set([
  'show-application',
  'show-model',
  'run',
  'exec',
  'operations',
  'find-offers',
  'secrets',
  'show-secret',
]);
const replayed = new Map<string, number>();

/** The recorded lab's calls in an order in which each finds what it found then. */
const steps: readonly Step[] = [
  ...asAdmin(
    'config-set',
    'config-get-key',
    'config-noop',
    'config-bad-key',
    'config-bad-type',
    'config-unknown-app',
  ),
  ...asAdmin('integrate', 'integrate-again', 'integrate-unknown', 'remove-relation', 'remove-relation-again'),
  ...asAdmin('expose', 'expose-again', 'unexpose', 'trust', 'trust-remove'),
  ...asAdmin('grant-unknown-model', 'grant-unknown-user', 'grant-read', 'grant-again'),
  ...asBob('bob-status-json', 'bob-models-json', 'bob-read-model-config', 'bob-controller-config'),
  ...asBob(
    'bob-denied-config',
    'bob-denied-integrate',
    'bob-denied-run',
    'bob-denied-exec',
    'bob-denied-grant',
  ),
  ...asBob('bob-denied-model-config', 'bob-denied-controller-model', 'bob-unknown-model'),
  ...asAdmin('revoke-admin-from-reader', 'revoke-read', 'revoke-read-again', 'revoke-not-granted'),
  ...asAdmin('grant-controller-superuser', 'revoke-controller-superuser'),
  ...asAdmin('disable-user', 'disable-user-again', 'enable-user', 'disable-self'),
  ...asAdmin('disable-command', 'disabled-commands', 'enable-command'),
  ...asAdmin('model-config-json', 'model-config-set', 'model-config-reset', 'model-config-set-unknown'),
  ...asAdmin('controller-config-json', 'controller-config-set', 'controller-config-bad'),
  ...asAdmin('run-ping-json', 'run-ping-plain', 'run-leader', 'run-fail-json', 'run-background'),
  ...asAdmin('run-unknown-action', 'run-unknown-unit', 'operations-json', 'show-operation-unknown'),
  ...asAdmin('exec-app', 'exec-timeout', 'secrets-empty', 'find-offers', 'users-json', 'users-all-json'),
  ...asAdmin('add-secret', 'add-secret-dup', 'add-secret-bad', 'show-secret', 'secrets-json'),
  ...asAdmin('grant-secret', 'grant-secret-unknown'),
  ...asAdmin('whoami-json', 'controllers-json', 'credentials-json', 'models-json', 'models-exact-time'),
  ...asAdmin('show-application', 'status-json', 'status-utc', 'status-controller-json'),
];

/** The lab's machine had constraints and its controller's charm no channel; the client had cached counts of its own. */
const accepted = [
  /\.network-interfaces\.\*\.gateway: only recorded/,
  /\.constraints\.(mem: only recorded|arch: only simulated)/,
  /\.(access|model-count|machine-count|controller-machines|constraints): only recorded/,
  /\.(description|charm-channel): only simulated/,
];

function expectAlike(call: Recorded, answer: Outcome): void {
  expect({ exit: answer.exit, stderr: normal(answer.stderr) }).toEqual({
    exit: call.exit,
    stderr: normal(call.stderr),
  });
  expect(judged(call.argv, answer)).toBe(judged(call.argv, { ...call, exit: Number(call.exit) }));
  const wanted = parsed(call.stdout);
  if (wanted === undefined) return;
  const found = differences(wanted, parsed(answer.stdout), byName.has(call.argv[1] ?? ''));
  expect(found.filter((difference) => !accepted.some((pattern) => pattern.test(difference)))).toEqual([]);
  countUp(replayed, call.argv[1]);
}

describe('the recorded lab, call by call,', () => {
  let rehearsal: Rehearsal;

  beforeAll(() => {
    rehearsal = new Rehearsal(labEstate, { controller: 'lab', model: 'admin/dev' });
  });

  test.each(steps)('is simulated alike: %s as %s', async (name, user) => {
    await rehearsal.clock.advance(1000);
    const call = recording('recordings/juju/4.0', name);
    expectAlike(call, await rehearsal.run(call.argv, user));
  });

  test('a lost agent keeps run and exec waiting until they give up', async () => {
    const controller = rehearsal.world.controllers.get('lab')!;
    const noSockets = {
      stop: () => Promise.resolve(),
      resume: () => Promise.resolve(),
      drop: () => undefined,
    };
    const faults = faultsOf(controller, noSockets);
    faults.lostUnit('src1/0', 'dev', true);
    for (const name of ['run-agent-down', 'exec-agent-down']) {
      const call = recording('recordings/juju/4.0', name);
      const answer = await rehearsal.run(call.argv);
      expectAlike(call, answer);
      expect(answer.ms).toBeGreaterThanOrEqual(6000);
    }
    faults.lostUnit('src1/0', 'dev', false);
  });

  test('a user whose access was revoked is denied, a removed one fails to log in', async () => {
    const data = clientData(rehearsal.world, 'bob');
    const model = [...rehearsal.world.controllers.get('lab')!.models.values()].find(
      ({ name }) => name === 'dev',
    )!;
    const cached = {
      ...data,
      models: new Map([['lab', { uuids: new Map([['admin/dev', model.uuid]]) }]]),
      current: 'lab',
    };
    const call = recording('recordings/juju/4.0', 'c13-revoked-status');
    expectAlike(call, await rehearsal.runWith(call.argv, cached, inProcessDial(rehearsal.world)));
    const removed = {
      ...data,
      accounts: new Map([['lab', { user: 'gone', password: 'x' }]]),
      current: 'lab',
    };
    for (const name of ['c16-removed-status', 'c15-removed-models']) {
      const gone = recording('recordings/juju/4.0', name);
      const uncached = { ...removed, models: new Map() };
      expectAlike(gone, await rehearsal.runWith(gone.argv, uncached, inProcessDial(rehearsal.world)));
    }
  });

  test('without a password it prompts in vain, without an account it says so', async () => {
    const data = clientData(rehearsal.world, 'bob', { controller: 'lab' });
    const noPassword = { ...data, accounts: new Map([['lab', { user: 'bob' }]]) };
    const noAccount = { ...data, accounts: new Map(), models: new Map() };
    const cases = [
      ['bob-nocookie-status-emptystdin', noPassword],
      ['bob-status-nologin', noAccount],
      ['bob-revoked-models', noAccount],
    ] as const;
    for (const [name, known] of cases) {
      const call = recording('recordings/juju/4.0', name);
      expectAlike(call, await rehearsal.runWith(call.argv, known, inProcessDial(rehearsal.world)));
    }
  });
});

afterAll(() => {
  printTable('lab calls', replayed);
});
