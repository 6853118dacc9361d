/** `audit --policy` with a stack that answers over TLS of a private authority, to a token only: the built program. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Report, ReportFinding } from '../../src/core/report/types.js';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import { controllerCertificate } from '../support/certificate.js';
import {
  alertmanagerAnswers,
  lokiAnswers,
  prometheusAnswers,
  teamConfig,
  type Labels,
} from '../support/fake-stack.js';
import { writePolicy } from '../support/policy-files.js';
import { rigUsers } from '../support/rig.js';
import { canary, stackServer, type Answers, type StackServer } from '../support/stack-server.js';
import { cosModel, watchedEtcd } from '../support/watched-etcd.js';

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));
const token = `${canary}-token`;

describe('an audit that asks the observability stack', () => {
  let folder: string;
  let simulator: Simulator;
  let server: StackServer;
  let policy: string;
  let labels: Labels;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-stack-'));
    const certificate = await controllerCertificate(['localhost']);
    server = await stackServer({}, certificate);
    await writeFile(join(folder, 'cos.pem'), certificate.caCert);
    await writeFile(join(folder, 'token'), `${token}\n`, { mode: 0o600 });
    simulator = await startSimulator({
      estate: {
        controllers: [
          { name: 'lab', flavour: '4.0', users: rigUsers, models: [cosModel, watchedEtcd('data', 2)] },
        ],
      },
    });
    const uuid = simulator.controller('lab').models['data'] ?? '';
    labels = { juju_model: 'data', juju_model_uuid: uuid, juju_application: 'etcd' };
    const api = `{ url: "${server.url}/cos", caFile: cos.pem, bearerTokenFile: token }`;
    policy = await writePolicy(folder, simulator.controller('lab'), {
      users: ['observer', 'auditor'],
      more: `observability: [{ name: cos, match: { model: data }, prometheus: ${api}, loki: ${api}, alertmanager: ${api} }]\n`,
    });
  });
  afterAll(async () => {
    await simulator.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Below the prefix of an ingress, to those who show the token. */
  function answer(answers: Answers): void {
    server.answer(
      Object.fromEntries(
        Object.entries(answers).map(([path, reply]) => [
          `/cos${path}`,
          (question: Parameters<Extract<Answers[string], (...given: never) => unknown>>[0]) => {
            if (question.headers.authorization !== `Bearer ${token}`) return 401;
            return typeof reply === 'function'
              ? (reply as (asked: typeof question) => object)(question)
              : reply;
          },
        ]),
      ),
    );
  }

  async function audit(): Promise<{ readonly report: Report; readonly err: string }> {
    const child = spawn(launcher, ['audit', '--policy', policy, '--format', 'json'], {
      env: { PATH: process.env['PATH'], HOME: folder },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    await new Promise((resolve) => child.on('close', resolve));
    return { report: JSON.parse(out) as Report, err };
  }

  const findingsOf = (
    { findings }: Report,
    ...controls: readonly string[]
  ): readonly (ReportFinding | undefined)[] =>
    controls.map((control) =>
      findings.find((finding) => finding.control === control && finding.target.application === 'etcd'),
    );
  const said = (report: Report): readonly string[] =>
    findingsOf(report, 'ETCD-MON-01', 'EBP-MON-01', 'EBP-MON-03', 'EBP-MON-06').map(
      (finding) => `${finding?.outcome ?? 'no'} ${finding?.reason ?? 'finding'}`,
    );
  const units = ['etcd/0', 'etcd/1'];
  const names = ['EtcdSlowFsync', 'EtcdErrors', 'EtcdDatabaseFull', 'EtcdUnauthorised', 'EtcdUnusualUse'];
  const healthy = (): Answers => ({
    ...prometheusAnswers({
      rules: names.map((name) => ({ name, labels })),
      up: units.map((unit) => [{ ...labels, juju_unit: unit, job: 'etcd' }, 1]),
    }),
    ...lokiAnswers({
      streams: units.map((unit) => [{ ...labels, juju_unit: unit }, [Date.now() - 60_000]]),
      config: { compactor: { retention_enabled: true }, limits_config: { retention_period: '31d' } },
    }),
    ...alertmanagerAnswers({ config: { ...teamConfig, note: canary } }),
  });

  it('finds all well where everything arrives, and tells no secret', async () => {
    answer(healthy());
    const { report, err } = await audit();
    expect(said(report)).toEqual([
      'pass AsRequired',
      'pass AsRequired',
      'pass AsRequired',
      'manual AttestationMissing',
    ]);
    expect(err).toBe('');
    expect(JSON.stringify(report).includes(canary)).toBe(false);
  });

  it('finds what relations alone would not show', async () => {
    const config = { route: { receiver: 'placeholder' }, receivers: [{ name: 'placeholder' }] };
    answer({
      ...healthy(),
      ...prometheusAnswers({ rules: names.map((name) => ({ name, labels })), up: [] }),
      ...lokiAnswers({
        config: { compactor: { retention_enabled: true }, limits_config: { retention_period: '7d' } },
      }),
      ...alertmanagerAnswers({ config }),
    });
    expect(said((await audit()).report)).toEqual([
      'fail NoTarget',
      'fail NoTarget',
      'fail AlertsReachNobody',
      'fail RetentionTooShort',
    ]);
  });

  it('says why it could not look, on standard error too, and what would change it', async () => {
    await writeFile(join(folder, 'token'), 'an-older-token\n', { mode: 0o600 });
    answer(healthy());
    const { report, err } = await audit();
    await writeFile(join(folder, 'token'), `${token}\n`, { mode: 0o600 });
    expect(said(report)).toEqual(Array(4).fill('unknown PermissionMissing'));
    expect(findingsOf(report, 'EBP-MON-03')[0]?.message).toBe(
      'prometheus answers /api/v1/rules with 401; needs leave to read /api/v1/rules of prometheus',
    );
    expect(err).toContain('stack cos: prometheus answers /api/v1/rules with 401');
    expect([JSON.stringify(report), err].join('')).not.toMatch(/older-token/);
  });
});
