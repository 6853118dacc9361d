/** What the daemon says of who made something drift, and what it does when somebody undoes it again and again. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { renderReport } from '../../src/cli/render/report.js';
import type { ReportDrift, ReportFinding } from '../../src/core/report/types.js';
import { systemClock } from '../../src/main/system.js';
import { renderHtml } from '../../src/report/html.js';
import { memoryStore } from '../../src/store/memory.js';
import { administratorOf, type Administrator } from '../support/second-administrator.js';
import { enforced, etcdModel, rigUsers, startRig, toldOf, wideLimits, type Rig } from '../support/rig.js';

const tls = 'ETCD-ENC-01';
const logging = 'JUJU-MODEL-04';
const bob = { name: 'bob', access: 'superuser', createdDaysAgo: 9, lastConnectionDaysAgo: 0 } as const;

describe('two administrators', () => {
  const store = memoryStore();
  let rig: Rig;
  let other: Administrator;
  const log = join(mkdtempSync(join(tmpdir(), 'holdfast-log-')), 'audit.log');

  beforeAll(async () => {
    const data = etcdModel('data');
    const models = [
      { ...data, users: { ...data.users, bob: 'admin' } },
      { ...etcdModel('calm'), users: { ...data.users, bob: 'admin' } },
    ] as const;
    rig = await startRig({
      estate: { controllers: [{ name: 'prod', users: [...rigUsers, bob], models }] },
      rules: [{ match: { control: logging }, ...enforced }],
      limits: [wideLimits, { match: { control: logging }, flips: 2 }],
      store,
      auditLogFile: log,
    });
    other = await administratorOf(rig.simulator.controller('prod'), 'bob');
    await rig.until(
      'all is well',
      () => passes('data', tls) && passes('data', logging) && passes('calm', tls),
    );
  });
  afterAll(async () => {
    await other.leave();
    await rig.close();
    rmSync(dirname(log), { recursive: true });
  });

  function found(model: string, control: string): ReportFinding | undefined {
    return rig.daemon
      .report()
      .findings.find(
        (one) => one.control === control && one.target.model === model && one.target.application !== 'ca',
      );
  }

  function passes(model: string, control: string): boolean {
    return found(model, control)?.outcome === 'pass';
  }

  const trace = (): Promise<string> =>
    other.juju('model-config', '-m', 'admin/data', 'logging-config=<root>=INFO;juju.rpc=TRACE');

  const fixes = (): number =>
    toldOf(rig.events, 'prod', logging).filter((word) => word === 'Succeeded').length;

  it('the other one is told by what he ran, as far as Juju tells', async () => {
    const ends = ['etcd:client-certificates', 'ca:certificates'] as const;
    await other.juju('remove-relation', '-m', 'admin/calm', ...ends);
    await rig.until('the ports show it', () => found('calm', 'ETCD-ENC-03')?.drift !== undefined);
    // It fails for want of a store of backups; that it was run is what counts.
    await other.juju('run', '-m', 'admin/calm', 'etcd/0', 'list-backups').catch(() => '');
    const drift = (): ReportDrift | undefined => found('calm', tls)?.drift;
    await rig.until('what he ran is known', () => drift()?.operations.length === 1);
    const { lastGood = '', firstBad = '', who = '' } = drift() ?? {};
    expect(Date.parse(firstBad)).toBeGreaterThan(Date.parse(lastGood));
    expect(who).toMatch(/^On units was run: list-backups on etcd\/0 at .* \(operation \d+, \w+\)\./);
    expect(who).toContain(`its audit log was not read: ${log} cannot be read (ENOENT)`);
  });

  it('his name is known once the audit log can be read, and nothing that he typed as a value', async () => {
    const what = 'juju config -m admin/calm etcd secret-key=hunter2';
    const said = { who: 'bob', what, when: found('calm', tls)?.drift?.firstBad, 'model-name': 'admin/calm' };
    const uuid = rig.simulator.controller('prod').models['calm'];
    const conversation = { ...said, 'model-uuid': uuid, 'conversation-id': '6af3', 'connection-id': '2' };
    appendFileSync(log, `${JSON.stringify({ conversation })}\n`);
    const who = (): string => found('calm', tls)?.drift?.who ?? '';
    await rig.until('the log is read', () => who().includes('audit log has'));
    expect(who()).toContain("Juju's audit log has bob: juju config -m admin/calm etcd secret-key=… at ");
    expect(JSON.stringify(rig.daemon.report())).not.toContain('hunter2');
  });

  it('he is told in the text and in the page, too', () => {
    const report = rig.daemon.report();
    const look = { columns: 100, color: false, all: false, planCommand: 'holdfast plan' };
    const expected = /between 20\S+Z and 20\S+Z\. On units was run: list-backups on etcd\/0 at/;
    expect(renderReport(report, look).replaceAll(/\s+/g, ' ')).toMatch(expected);
    const page = renderHtml(report, [], [])
      .replaceAll(/<[^>]*>|\s+/g, ' ')
      .replaceAll(/ +/g, ' ');
    expect(page).toMatch(
      /drift between [^.]* and [^.]* UTC ?\. On units was run: list-backups on etcd\/0 at/,
    );
  });

  it('what we did ourselves is named as ours, and nobody else is made up', async () => {
    await trace();
    await rig.until('it is put right', () => fixes() === 1);
    await trace();
    await rig.until('it drifts again', () => found('data', logging)?.drift !== undefined);
    const { who = '', operations } = found('data', logging)?.drift ?? {};
    expect(who).toContain(
      "Holdfast itself ran juju model-config -m prod:admin/data 'logging-config=<root>=INFO' then.",
    );
    expect(operations).toEqual([]);
  });

  it('he who undoes it again and again is left alone, and that is said', async () => {
    await rig.until('it is put right once more', () => fixes() === 2);
    await trace();
    const quarantined = (): boolean => toldOf(rig.events, 'prod', logging).includes('Quarantined');
    await rig.until('it is left alone', quarantined);
    await systemClock.sleep(2000);
    expect(fixes()).toBe(2);
    const { quarantines } = await store.orders();
    expect(quarantines).toMatchObject([
      { control: logging, reason: 'FoughtOver', target: { model: 'data' } },
    ]);
    expect(quarantines[0]?.message).toMatch(/came back 2 times within .* after Holdfast put it right/);
    expect(found('data', logging)).toMatchObject({ outcome: 'fail', drift: { operations: [] } });
  });
});
