import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isKnown } from '../../core/fact.js';
import type { ControllerAccess } from '../../core/policy/policy.js';
import type { AuditLogs } from '../../core/ports/audit-log.js';
import { virtualClock } from '../../simulator/virtual-clock.js';
import { auditLogFiles } from './files.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-audit-log-'));
const file = join(folder, 'audit.log');
const start = Date.parse('2026-11-22T10:00:00Z');
const model = { name: 'data', uuid: 'u-1' };

function line(id: string, about: object = {}): string {
  const said = { who: 'bob', what: 'juju remove-relation a b', when: '2026-11-22T09:59:00Z' };
  const where = { 'model-name': 'admin/data', 'model-uuid': 'u-1' };
  return `${JSON.stringify({ conversation: { ...said, ...where, 'conversation-id': id, ...about } })}\n`;
}

function called(id: string, facade: string, method: string): string {
  const request = { 'conversation-id': id, facade, method, when: '2026-11-22T09:59:00Z', version: 1 };
  return `${JSON.stringify({ request })}\n`;
}

describe('audit logs from files', () => {
  let clock: ReturnType<typeof virtualClock>;
  let logs: AuditLogs;

  const access = (auditLogFile?: string): ControllerAccess => ({
    ...{ name: 'prod', addresses: [], observer: { user: 'observer', password: '' } },
    ...(auditLogFile === undefined ? {} : { auditLogFile }),
  });

  function said(about = model): readonly string[] | string | undefined {
    const fact = logs.lines('prod', about);
    if (fact === undefined) return undefined;
    return isKnown(fact) ? fact.value.map(({ who, what }) => `${who}: ${what}`) : fact.unknown.reason;
  }

  /** Files are read in the background: it is looked again and again until it reads so, or for too long. */
  async function reads(expected: readonly string[] | string | undefined): Promise<void> {
    for (let looks = 0; looks < 10_000 && !isDeepStrictEqual(said(), expected); looks += 1) {
      await clock.advance(6000);
      said();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(said()).toEqual(expected);
  }

  beforeEach(() => {
    rmSync(file, { force: true });
    clock = virtualClock(start);
    logs = auditLogFiles(clock);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('has nothing to say of a controller whose log is named nowhere', async () => {
    logs.adopt([access()]);
    await reads(undefined);
  });

  it('says which file cannot be read, and reads it once it is there', async () => {
    logs.adopt([access(file)]);
    await reads(`${file} cannot be read (ENOENT)`);
    writeFileSync(file, line('1'));
    await reads(['bob: juju remove-relation a b']);
  });

  it.each([
    ['those of other models', line('2', { 'model-uuid': 'u-2' })],
    ['our own', line('2', { who: 'observer' })],
    ['lines that are no JSON', 'hello\n'],
    ['lines without a time', line('2', { when: 'yesterday' })],
    ['lines that are not written whole yet', line('2').slice(0, 40)],
    ['those of long ago', line('2', { when: '2026-11-22T03:00:00Z' })],
  ])('leaves out %s', async (_, other) => {
    writeFileSync(file, `${line('1')}${other}`);
    logs.adopt([access(file)]);
    await reads(['bob: juju remove-relation a b']);
  });

  it('names the calls of clients that tell no command line, each once', async () => {
    const calls = called('1', 'Application', 'Expose') + called('1', 'Application', 'Expose');
    writeFileSync(file, line('1', { what: '' }) + calls);
    logs.adopt([access(file)]);
    await reads(['bob: Application.Expose']);
  });

  it('goes on where it was when lines are added, and in the new file when it is rotated', async () => {
    writeFileSync(file, line('1', { what: 'juju one' }));
    logs.adopt([access(file)]);
    await reads(['bob: juju one']);
    appendFileSync(file, line('2', { what: 'juju two' }));
    await reads(['bob: juju one', 'bob: juju two']);
    renameSync(file, `${file}.1`);
    writeFileSync(file, line('3', { what: 'juju three' }));
    await reads(['bob: juju one', 'bob: juju two', 'bob: juju three']);
  });

  it('keeps the identity of what did not change', async () => {
    writeFileSync(file, line('1'));
    logs.adopt([access(file)]);
    await reads(['bob: juju remove-relation a b']);
    expect(logs.lines('prod', model)).toBe(logs.lines('prod', model));
  });

  it('leaves a file that the policy names no more', async () => {
    writeFileSync(file, line('1'));
    logs.adopt([access(file)]);
    await reads(['bob: juju remove-relation a b']);
    logs.adopt([access()]);
    await reads(undefined);
  });
});
