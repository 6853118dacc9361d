import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { recordedCall, type RecordedCall } from '../../../test/support/recorded.js';
import type { CliOutcome } from '../../core/ports/juju-cli.js';
import { classify, type Verdict } from './classify.js';

const recordings = 'recordings/juju';
const remedies = 'captures/real/remedies';

function verdictOf(call: RecordedCall): Verdict {
  const timedOut = call.exit === 'timeout';
  return classify({
    exitCode: call.exit === 'timeout' ? undefined : call.exit,
    stdout: call.stdout,
    stderr: call.stderr,
    timedOut,
    argv: call.argv.slice(1),
  });
}

function namesIn(folder: string): string[] {
  return readdirSync(new URL(`../../../test/fixtures/${folder}/`, import.meta.url)).map((name) =>
    name.replace(/\.json$/, ''),
  );
}

/** Both clients say the same without a controller, or with a broken one. */
const offline: Readonly<Record<string, CliOutcome>> = {
  'fake-show-controller-json': 'retry',
  'fake-status-after-logout': 'denied',
  'fake-status-after-logout-prompt': 'denied',
  'noctl-login-c': 'not-found',
  'noctl-login-refused': 'retry',
  'noctl-show-controller-unknown': 'not-found',
  'noctl-unknown-controller': 'not-found',
  'unreachable-nodns-models': 'retry',
  'unreachable-nodns-status': 'retry',
  'unreachable-plain-models': 'retry',
  'unreachable-plain-status': 'retry',
  'unreachable-refused-login': 'retry',
  'unreachable-refused-models': 'retry',
  'unreachable-refused-status': 'retry',
  'unreachable-silent-status': 'retry',
};

/** Every recorded call that is not simply done (exit 0) or refused for good (other exits). */
const expected: Readonly<Record<string, Readonly<Record<string, CliOutcome>>>> = {
  [`${recordings}/4.0`]: {
    'add-model-dup': 'already',
    'add-secret-dup': 'already',
    'attach-resource': 'rejected',
    'blocked-deploy': 'blocked',
    'bob-corruptcookie-status': 'denied',
    'bob-denied-add-model': 'denied',
    'bob-denied-add-user': 'denied',
    'bob-denied-config': 'denied',
    'bob-denied-controller-model': 'not-found',
    'bob-denied-deploy': 'denied',
    'bob-denied-destroy-model': 'denied',
    'bob-denied-exec': 'denied',
    'bob-denied-grant': 'denied',
    'bob-denied-integrate': 'denied',
    'bob-denied-model-config': 'denied',
    'bob-denied-run': 'denied',
    'bob-disabled-status': 'denied',
    'bob-expiredcookie-status': 'denied',
    'bob-login-again-already': 'denied',
    'bob-login-empty-stdin': 'denied',
    'bob-login-new': 'denied',
    'bob-nocookie-status': 'denied',
    'bob-nocookie-status-emptystdin': 'denied',
    'bob-reenabled-status': 'denied',
    'bob-removed-status': 'denied',
    'bob-revoked-models': 'denied',
    'bob-self-change-password': 'denied',
    'bob-status-nologin': 'denied',
    'bob-unknown-model': 'not-found',
    'c13-revoked-status': 'denied',
    'c15-removed-models': 'denied',
    'c16-removed-status': 'denied',
    'c2-login-again-noinput': 'denied',
    'config-unknown-app': 'not-found',
    'consume-unknown': 'not-found',
    'controller-down-status': 'retry',
    'deploy-charmhub-offline': 'retry',
    'destroy-model-unknown': 'not-found',
    'exec-agent-down': 'retry',
    'exec-wait': 'retry',
    'grant-again': 'already',
    'grant-secret-unknown': 'not-found',
    'grant-unknown-model': 'not-found',
    'grant-unknown-user': 'not-found',
    'integrate-again': 'already',
    'integrate-unknown': 'not-found',
    'model-config-set-unknown': 'rejected',
    'remove-application-unknown': 'not-found',
    'remove-user-unknown': 'not-found',
    'resolved-notinerror': 'already',
    'revoke-a-setup': 'already',
    'run-agent-down': 'retry',
    'run-agent-down-plain': 'retry',
    'run-fail-json': 'rejected',
    'run-unknown-action': 'not-found',
    'run-unknown-unit': 'not-found',
    'show-model-after-destroy': 'not-found',
    'show-operation-unknown': 'not-found',
    'update-credential-nofile': 'not-found',
  },
  [`${recordings}/4.0-offline`]: { ...offline, 'unreachable-refused-status-full-timeout': 'retry' },
  [`${recordings}/3.6-offline`]: offline,
  [`${recordings}/3.6-client-vs-4.0-controller`]: {},
  [remedies]: {
    '01-integrate-again': 'already',
    '03-integrate-no-such-app': 'not-found',
    '04-integrate-no-such-endpoint': 'not-found',
    '10-integrate-while-dying': 'already',
    '11-remove-relation-gone': 'not-found',
    '12-remove-relation-no-such-app': 'not-found',
    '19-config-no-such-app': 'not-found',
    '25-expose-no-such-endpoint': 'not-found',
    '29-unexpose-no-such-app': 'not-found',
    '32-disabled-user-status': 'denied',
    '33-grant-to-disabled-user': 'not-found',
    '34-revoke-from-disabled-user': 'not-found',
    '37-disable-user-unknown': 'not-found',
    '41-grant-read-again': 'already',
    '42-grant-lower': 'already',
    '58-remove-relation-blocked': 'blocked',
    '60-config-blocked': 'blocked',
    '61-integrate-blocked': 'blocked',
    '63-exec-blocked': 'blocked',
    '64-model-config-blocked': 'blocked',
    '69-enable-command-again': 'already',
  },
};

describe.each(Object.keys(expected))('the recorded calls in %s', (folder) => {
  const outcomes = expected[folder]!;

  test('are all there that something is expected of', () => {
    expect(namesIn(folder)).toEqual(expect.arrayContaining(Object.keys(outcomes)));
  });

  test.each(namesIn(folder))('%s', (name) => {
    const call = recordedCall(`${folder}/${name}`);
    const usual: CliOutcome = call.exit === 0 ? 'done' : 'rejected';
    expect(verdictOf(call).outcome).toBe(outcomes[name] ?? usual);
  });
});

function failed(stderr: string, exitCode = 1): Verdict {
  return classify({ exitCode, stdout: '', stderr, timedOut: false, argv: ['integrate'] });
}

describe('texts that were read in source but never recorded', () => {
  test.each<[string, CliOutcome]>([
    ['ERROR upgrade in progress (upgrade in progress)', 'busy'],
    ['ERROR login failed - maintenance in progress', 'busy'],
    ['ERROR model migration in progress', 'busy'],
    ['ERROR cannot add relation "a:x b:y": relation a:x b:y already exists (already exists)', 'already'],
    ['ERROR user already has "read" access or greater', 'already'],
    ['ERROR user "bob" has already been permanently deleted', 'already'],
    ['ERROR relation a:x b:y is dying, but not yet removed', 'retry'],
    ['ERROR "pg" deploy incomplete, please try refresh again in a little while', 'retry'],
    ['ERROR state changing too quickly; try again soon (excessive contention)', 'retry'],
    ['ERROR cannot acquire lock file /tmp/juju-store-lock-1: timeout', 'retry'],
    ['ERROR no controller API addresses; is bootstrap still in progress?', 'retry'],
    [
      'ERROR model "prod:admin/x" has been removed from the controller, run "juju models" and switch',
      'not-found',
    ],
    ['ERROR permission denied (unauthorized access)', 'denied'],
  ])('%s', (stderr, outcome) => {
    expect(failed(stderr).outcome).toBe(outcome);
  });
});

describe('what decides', () => {
  test('the free text of a block is not taken for an answer', () => {
    expect(failed('ERROR the relation already exists (operation is blocked)\n').outcome).toBe('blocked');
  });

  test('chatter before the error line does not count', () => {
    expect(failed('Located charm "not found"\nERROR cannot refresh "a" to "b"\n').outcome).toBe('rejected');
  });

  test('refresh that finds nothing newer exits 0 and is already so', () => {
    const stderr = 'charm "kafka": already up-to-date\n';
    expect(classify({ exitCode: 0, stdout: '', stderr, timedOut: false, argv: ['refresh'] }).outcome).toBe(
      'already',
    );
  });

  test('exit code 0 of run with JSON but no answer means that no task ran', () => {
    const argv = ['run', '-m', 'c:m', 'a/9', 'ping', '--format', 'json'];
    expect(classify({ exitCode: 0, stdout: '', stderr: '', timedOut: false, argv }).outcome).toBe(
      'not-found',
    );
  });

  test.each(['running', 'pending', 'aborted', 'error', 'cancelled'])(
    'a task that ended as %s was not done',
    (status) => {
      const stdout = JSON.stringify({ 'a/0': { status: 'completed' }, 'a/1': { status, message: 'x' } });
      const argv = ['run', '--format=json'];
      expect(classify({ exitCode: 0, stdout, stderr: '', timedOut: false, argv })).toEqual({
        outcome: 'rejected',
        summary: `the action on a/1 ended as ${status}: x`,
      });
    },
  );

  test('an answer of run that was cut or is no JSON is no success', () => {
    const argv = ['run', '--format', 'json'];
    expect(classify({ exitCode: 0, stdout: '{"a/0":', stderr: '', timedOut: false, argv }).outcome).toBe(
      'retry',
    );
  });

  test('a process ended by our deadline or by a signal is to be tried again', () => {
    const ended = { stdout: '', stderr: 'ERROR x not found', argv: ['status'] };
    expect(classify({ ...ended, timedOut: true }).outcome).toBe('retry');
    expect(classify({ ...ended, timedOut: false }).outcome).toBe('retry');
  });

  test('the summary is one line without control characters, of bounded length', () => {
    const { summary } = failed(`ERROR \u001b[31mbad\nnews\u0000 ${'x'.repeat(10_000)}`);
    expect(summary).toMatch(/^juju refused: +\[31mbad news +x+…$/);
    expect(summary.length).toBeLessThan(320);
  });
});
