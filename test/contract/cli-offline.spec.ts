import { afterAll, describe, expect, test } from '@jest/globals';
import { CliError } from '../../src/simulator/cli/cli-error.js';
import type { Dial } from '../../src/simulator/cli/connection.js';
import type { JujuData } from '../../src/simulator/cli/juju-data.js';
import { virtualClock } from '../../src/simulator/virtual-clock.js';
import type { Flavour } from '../../src/simulator/world/state.js';
import { normal, recordingsIn, start, type Recorded } from './replay.js';
import { countUp, printTable } from './table.js';

const notSimulated = new Set([
  'clouds',
  'constraints',
  'credentials',
  'deploy',
  'login',
  'logout',
  'spaces',
  'storage',
  'switch',
]);
const replayed = new Map<string, number>();
const empty: JujuData = { controllers: new Map(), accounts: new Map(), models: new Map() };

/** The recorder's five controllers, none of which answers. */
function brokenControllers(): JujuData {
  const names = ['refused', 'silent', 'plain', 'nodns', 'badtls'];
  const controllers = names.map((name) => ({
    name,
    uuid: name,
    addresses: [`${name}.invalid:1`],
    caCert: '',
    cloud: 'x',
  }));
  return {
    controllers: new Map(controllers.map((each) => [each.name, each])),
    current: 'refused',
    accounts: new Map(names.map((name) => [name, { user: 'admin', password: 'x' }])),
    models: new Map(
      names.map((name) => [name, { uuids: new Map([['admin/m1', 'uuid']]), current: 'admin/m1' }]),
    ),
  };
}

const dial: Dial = ({ name }) => {
  if (name === 'badtls') {
    throw new CliError(
      'unable to connect to API: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    );
  }
  if (name === 'nodns')
    throw new CliError('cannot resolve "nosuch.invalid": lookup nosuch.invalid: no such host');
  return new Promise(() => undefined);
};

function isReplayed({ name, argv }: Recorded): boolean {
  const command = argv[1];
  return (
    command !== undefined &&
    !notSimulated.has(command) &&
    !name.includes('logout') &&
    name !== 'unknown-command'
  );
}

describe.each([
  ['3.6-offline', '3.6'],
  ['4.0-offline', '4.0'],
] as const)('without a controller that answers (%s)', (folder, flavour: Flavour) => {
  const calls = recordingsIn(`recordings/juju/${folder}`).filter(isReplayed);

  test.each(calls.map((call) => [call.name, call] as const))(
    'ends as the real client: %s',
    async (name, call) => {
      const isBroken = name.startsWith('unreachable') || name.startsWith('fake');
      const clock = virtualClock();
      const running = start(call.argv, {
        data: isBroken ? brokenControllers() : empty,
        dial,
        clock,
        flavour,
      });
      await clock.advance(5000);
      if (call.exit === 'timeout') {
        expect(running.isDone()).toBe(false);
      } else {
        const answer = await running.outcome;
        expect({ exit: answer.exit, stderr: normal(answer.stderr) }).toEqual({
          exit: call.exit,
          stderr: normal(call.stderr),
        });
        if (!isBroken && !name.startsWith('version')) expect(answer.stdout).toBe(call.stdout);
      }
      countUp(replayed, call.argv[1]);
    },
  );
});

afterAll(() => {
  printTable('calls without a controller', replayed);
});
