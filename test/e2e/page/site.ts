/** A daemon on a simulated estate, with its page. */
import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guides } from '../../../src/guides/index.js';
import { openApiDocument } from '../../../src/config/schemas/openapi.js';
import type { Waiver } from '../../../src/core/policy/policy.js';
import { webDefaults, type WebPolicy } from '../../../src/core/policy/web.js';
import type { Store } from '../../../src/core/ports/index.js';
import type { ReportFinding } from '../../../src/core/report/types.js';
import { instant } from '../../../src/core/time.js';
import { systemClock } from '../../../src/main/system.js';
import { serveWeb, type WebServer } from '../../../src/report/web/server.js';
import type { TrendPoint } from '../../../src/report/web/trend.js';
import { demoEstate } from '../../../src/simulator/estates/demo.js';
import type { EstateSpec } from '../../../src/simulator/index.js';
import { memoryStore } from '../../../src/store/memory.js';
import { rigUsers, startRig, type Rig } from '../../support/rig.js';
import { silentLog } from '../../support/silent.js';

export const tokens = {
  approver: 'anna-0123456789abcdef0123456789',
  viewer: 'vera-0123456789abcdef0123456789',
} as const;

const web: WebPolicy = {
  ...webDefaults,
  tokens: [
    { name: 'anna', role: 'approver', digest: digestOf(tokens.approver) },
    { name: 'vera', role: 'viewer', digest: digestOf(tokens.viewer) },
  ],
};

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

const [large, small] = demoEstate.controllers;

/** The demonstration's larger controller with a model that stands well, where the rig's users may work. */
const estate: EstateSpec = {
  controllers: [large]
    .flatMap((controller) => controller ?? [])
    .map((controller) => ({
      ...controller,
      users: [...(controller.users ?? []), ...rigUsers],
      controllerModel: { ...controller.controllerModel, users: { observer: 'read' } },
      models: [...controller.models, ...(small?.models.filter(({ name }) => name === 'vault') ?? [])].map(
        (model) => ({
          ...model,
          users: { ...model.users, observer: 'read', remediator: 'admin' },
        }),
      ),
    })),
};

const waivers: readonly Waiver[] = [
  waiver('no-landscape', 'ETCD-OS-0*', 'Landscape comes with the move to 26.04', inDays(120)),
  waiver('old-users', 'JUJU-USER-03', 'dave comes back from parental leave', inDays(9)),
  waiver('tracing', 'JUJU-MODEL-04', 'the vendor asked for traces', inDays(-3)),
  waiver('typo', 'ETCD-ENCRYPT-01', 'agreed with the platform board', inDays(60)),
];

function waiver(id: string, control: string, reason: string, expires: string): Waiver {
  return { id, kind: 'waived', match: { control }, reason, owner: 'anna', expires };
}

function inDays(days: number): string {
  return instant(Math.floor(Date.now() / 86_400_000 + days) * 86_400_000);
}

export interface Site {
  readonly rig: Rig;
  readonly store: Store;
  readonly url: string;
  close(): Promise<void>;
}

export async function startSite(): Promise<Site> {
  const store = memoryStore();
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-site-'));
  const auditLogFile = join(folder, 'audit.log');
  await writeFile(auditLogFile, '');
  const rig = await startRig({
    estate,
    store,
    auditLogFile,
    waivers,
    speed: 10,
    rules: [
      { match: {}, mode: 'propose' },
      {
        match: { model: 'data', control: 'ETCD-ENC-0?' },
        ...{ mode: 'enforce', disruptive: 'approval', params: { provider: 'etcd-ca' } },
      },
    ],
  });
  const server: WebServer = await serveWeb({
    listen: '127.0.0.1:0',
    web,
    view: () => rig.daemon,
    metrics: { text: () => rig.metrics(), contentType: 'text/plain' },
    guides,
    journal: store,
    trend: { load: history, save: () => undefined },
    openApi: () => Promise.resolve(openApiDocument()),
    log: silentLog,
    clock: systemClock,
  });
  await somethingDrifts(rig, auditLogFile);
  return {
    rig,
    store,
    url: `http://${server.address}`,
    close: async () => {
      await server.close();
      await rig.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Bob turns tracing on in a model that stood well, and the controller's audit log says so. */
async function somethingDrifts(rig: Rig, auditLogFile: string): Promise<void> {
  const found = (): ReportFinding | undefined =>
    rig.daemon
      .report()
      .findings.find(({ control, target }) => control === 'JUJU-MODEL-04' && target.model === 'vault');
  await rig.until('the model was seen to stand well', () => found()?.outcome === 'pass');
  const { operations, models } = rig.simulator.controller('prod');
  operations.setModelConfig('vault', { 'logging-config': '<root>=INFO;juju.rpc=TRACE' });
  await rig.until('it is seen to have drifted', () => found()?.drift !== undefined);
  const conversation = {
    ...{ who: 'bob', what: 'juju model-config -m admin/vault logging-config=<root>=INFO;juju.rpc=TRACE' },
    ...{ when: found()?.drift?.firstBad, 'model-name': 'admin/vault', 'model-uuid': models['vault'] },
    ...{ 'conversation-id': '6af3', 'connection-id': '2' },
  };
  await appendFile(auditLogFile, `${JSON.stringify({ conversation })}\n`);
  await rig.until('it is told who did it', () => found()?.drift?.who.includes('bob') === true);
}

/** Two weeks in which most of the time something became better. */
function history(): readonly TrendPoint[] {
  const scores = [31, 31, 34, 34, 33, 38, 37, 37, 42, 42, 46, 46, 45, 47];
  return scores.map((score, index) => ({
    at: new Date(Date.now() - (scores.length - index) * 86_400_000).toISOString(),
    score,
    short: 120 - score,
  }));
}
