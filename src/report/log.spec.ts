import { describe, expect, it } from '@jest/globals';
import type { Log } from '../core/ports/index.js';
import { createLog, type LogLevel } from './log.js';

function capture(level: LogLevel = 'debug'): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  return { log: createLog({ level, destination: { write: (line) => void lines.push(line) } }), lines };
}

function only(lines: readonly string[]): Record<string, unknown> {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('the log', () => {
  it('writes one JSON object with level, UTC time, fields and message', () => {
    const { log, lines } = capture();
    log.info({ controller: 'prod', models: 3 }, 'controller followed');
    expect(only(lines)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
      controller: 'prod',
      models: 3,
      msg: 'controller followed',
    });
  });

  it.each([
    'password',
    'Password',
    'oldPasswd',
    'credentials',
    'credentialsFile',
    'secret',
    'client-secret',
    'CLIENT_SECRET',
    'token',
    'accessToken',
    'Authorization',
    'macaroons',
    'privateKey',
    'private-key',
    'api_key',
    'passphrase',
    'set-cookie',
  ])('blanks out what stands under %s, at any depth', (key) => {
    const { log, lines } = capture();
    log.warn({ [key]: 'hunter2', login: { list: [{ [key]: { deep: 'hunter2' } }], name: 'kept' } }, 'odd');
    expect(lines.join('')).not.toContain('hunter2');
    expect(only(lines)).toMatchObject({ [key]: '[redacted]', login: { name: 'kept' } });
  });

  it('blanks them out in the fields of a child and in errors with their causes', () => {
    const { log, lines } = capture();
    const cause = Object.assign(new Error('refused'), { token: 'hunter2' });
    const error = Object.assign(new Error('login failed', { cause }), { password: 'hunter2', code: 'EAUTH' });
    log.child({ secret: 'hunter2', worker: 1 }).error({ error }, 'login failed');
    expect(lines.join('')).not.toContain('hunter2');
    expect(only(lines)).toMatchObject({
      secret: '[redacted]',
      worker: 1,
      error: { message: 'login failed', code: 'EAUTH', cause: { message: 'refused' } },
    });
  });

  it('blanks them out in an error given in place of the fields', () => {
    const { log, lines } = capture();
    log.error(Object.assign(new Error('boom'), { password: 'hunter2' }), 'failed');
    expect(only(lines)).toMatchObject({ err: { message: 'boom', password: '[redacted]' }, msg: 'failed' });
  });

  it('stays on one line whatever the fields hold, and survives circles', () => {
    const { log, lines } = capture();
    const circle: Record<string, unknown> = { text: 'one\ntwo\u001b[31m\u2028"}' };
    circle['self'] = circle;
    log.info({ circle }, 'hostile');
    expect(lines.join('').trimEnd().split('\n')).toHaveLength(1);
    expect(only(lines)).toMatchObject({ circle: { text: circle['text'] } });
  });

  it('leaves out what lies below its level', () => {
    const { log, lines } = capture('warn');
    log.debug({}, 'one');
    log.info({}, 'two');
    expect(lines).toEqual([]);
  });
});
