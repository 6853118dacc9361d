import { describe, expect, it, test } from '@jest/globals';
import type { CliOutcome, CliResult, JujuCli } from '../../core/ports/index.js';
import { refusal } from '../../juju/cli/check-argv.js';
import { inquiries, looksOf } from './inquiries.js';
import { execArgv, jujuReader, runArgv } from './juju-reader.js';
import { notPermitted } from './permitted.js';
import { scriptOf } from './script.js';

const place = { model: 'prod:admin/data', unit: 'etcd/0' };
const [etcd] = inquiries;
const looks = etcd === undefined ? [] : looksOf(etcd);

describe('what the prober may call', () => {
  test.each<[string, readonly string[], boolean]>([
    ['a look of ours', execArgv(place, looks), true],
    ['a telling action', runArgv(place, 'list-backups'), true],
    ['another command', ['exec', '-m', place.model, '--unit', 'etcd/0', '--', 'cat /etc/shadow'], false],
    ['a look with more behind it', [...execArgv(place, looks), 'rm -rf /'], false],
    ['a look that goes on', [...execArgv(place, looks).slice(0, -1), `${scriptOf(looks)}\nid`], false],
    ['another action', ['run', '-m', place.model, 'etcd/0', 'create-backup'], false],
    ['an action with parameters', [...runArgv(place, 'list-backups'), 'a=b'], false],
    ['any other command of juju', ['config', '-m', place.model, 'etcd'], false],
  ])('%s', (_, argv, allowed) => {
    expect(notPermitted(argv) === undefined).toBe(allowed);
  });

  it('is what juju may be called with at all', () => {
    const calls = inquiries.flatMap((inquiry) => [
      execArgv(place, looksOf(inquiry)),
      ...inquiry.actions.map((action) => runArgv(place, action)),
    ]);
    expect(
      calls.map((argv) => notPermitted(argv) ?? refusal(argv, { controller: 'prod', readOnly: false })),
    ).toEqual(calls.map(() => undefined));
  });
});

function answering(outcome: CliOutcome, stdout: string): JujuCli {
  const result: CliResult = {
    outcome,
    argv: [],
    timedOut: false,
    stdout,
    stderr: '',
    durationMs: 0,
    summary: 'what juju said',
  };
  return { controller: 'prod', run: () => Promise.resolve(result) };
}

describe('a unit that does not answer', () => {
  const look = { kind: 'program', program: 'pro-status' } as const;
  test.each<[string, CliOutcome, string, object]>([
    [
      'for want of a right',
      'denied',
      '',
      { missing: 'what juju said', permission: 'model admin for the prober identity' },
    ],
    ['because it is lost', 'retry', '{}', { missing: 'what juju said' }],
    [
      'with anything at all',
      'done',
      '{"etcd/0":{"status":"completed","results":{}}}',
      { missing: 'the unit gave no answer' },
    ],
    [
      'with what we asked',
      'done',
      '{"etcd/0":{"results":{"stdout":"hello"}}}',
      { missing: 'the unit printed no answer to it' },
    ],
  ])('%s is unknown alone', async (_, outcome, stdout, expected) => {
    expect(await jujuReader(answering(outcome, stdout)).look(place, [look])).toEqual([expected]);
  });

  it('fails an action whatever the exit code', async () => {
    const failed = '{"etcd/0":{"status":"failed","message":"no store","results":{"return-code":0}}}';
    expect(await jujuReader(answering('rejected', failed)).act(place, 'list-backups')).toEqual({
      missing: 'the action ended as failed: no store',
    });
  });
});
