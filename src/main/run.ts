/** `holdfast run`: the daemon on the controllers of a policy file. */
import type { RunOptions } from '../cli/services.js';
import { loadKnowledge } from '../config/knowledge.js';
import { throwMistakes } from '../config/mistakes.js';
import { mistakesAgainst } from '../config/policy/against-guides.js';
import { controlFolders } from '../config/policy/control-folders.js';
import { loadPolicy } from '../config/policy/load.js';
import { toolVersion } from '../config/version.js';
import type { Environment } from '../config/environment.js';
import type { Daemon, DaemonOptions } from '../controller/daemon.js';
import { InputError } from '../core/input-error.js';
import type { Policy } from '../core/policy/policy.js';
import type { Log } from '../core/ports/index.js';
import type { Guide } from '../core/control.js';
import { guides as shipped } from '../guides/index.js';
import { createLog } from '../report/log.js';
import { createMetrics } from '../report/metrics.js';
import { serveWeb, type WebServer } from '../report/web/server.js';
import { clusterMistakes } from './clusters.js';
import { composeDaemon } from './compose.js';
import { journalIn, sharedJournalIn } from './journal-in.js';
import { ownPlaceOf } from './own-place.js';
import { noSharedJournal, sharingOptions } from './sharing.js';
import { spareMemory } from './spare-memory.js';
import { untilSignal, type Signals } from './signals.js';
import { takeStateDirectory } from './state-lock.js';
import { systemClock } from './system.js';
import { trendFile } from './trend-file.js';

/** Runs until SIGTERM or SIGINT; SIGHUP reads the policy anew. Resolves to the exit code. */
export async function runDaemon(options: RunOptions): Promise<number> {
  const { environment, policyFile } = options;
  const folders = controlFolders(policyFile);
  const guides = await guidesWith(folders);
  const policy = await readPolicy(policyFile, environment, guides);
  const log = createLog({ level: logLevel(environment.logLevel) });
  const knowledge = loadKnowledge(environment.dataDir ?? policy.dataDir);
  const giveBack = takeStateDirectory(environment.stateDir);
  const version = toolVersion();
  const { store, ...shared } = await journalFor(policy, options, { log, version });
  const running: { daemon?: Daemon } = {};
  const view = (): Daemon | undefined => running.daemon;
  const metrics = createMetrics(view, systemClock);
  const { host, port } = environment.listen;
  const listen = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const server = await serveWeb({
    listen,
    web: policy.web,
    log,
    clock: systemClock,
    view,
    metrics,
    guides,
    journal: store,
    trend: trendFile(environment.stateDir, log),
    openApi: async () => (await import('../config/schemas/openapi.js')).openApiDocument(),
  });
  const daemon = await composeDaemon({
    policy,
    guides,
    knowledge,
    environment,
    log,
    telemetry: metrics.telemetry,
    toolVersion: version,
    store,
    notifies: true,
    ownPlace: ownPlaceOf({ policyFile, environment }),
    ...shared,
  });
  running.daemon = daemon;
  const cancelSparing = spareMemory(systemClock);
  log.info(
    { version, policy: policy.hash, controllers: policy.controllers.map(({ name }) => name) },
    'holdfast runs',
  );
  await untilSignal(signalsFor({ daemon, server, policy, log, guides, folders }, options));
  log.info({}, 'stopping');
  cancelSparing();
  await daemon.stop();
  await server.close();
  giveBack();
  return 0;
}

/** The daemon's own journal, or one that it shares with other units. @throws InputError */
async function journalFor(
  { sharing, retention }: Policy,
  { environment, policyFile }: RunOptions,
  { log, version }: { readonly log: Log; readonly version: string },
): Promise<Pick<DaemonOptions, 'store' | 'sharing'>> {
  if (sharing === undefined) return { store: await journalIn(environment, retention, log) };
  const store = await sharedJournalIn(environment, retention);
  if (store === undefined) throw noSharedJournal(policyFile);
  return { store, sharing: await sharingOptions({ sharing, environment, store, version }) };
}

/** @throws InputError with every mistake of the policy and its files. */
async function readPolicy(file: string, environment: Environment, guides: readonly Guide[]): Promise<Policy> {
  const { policy } = loadPolicy(file, { credentials: 'required' });
  if (policy.controllers.length === 0)
    throw new InputError(
      `${file} names no controllers, and so nothing to watch: write some under controllers`,
    );
  if (policy.sharing !== undefined && environment.databaseFile === undefined) throw noSharedJournal(file);
  throwMistakes(file, [...mistakesAgainst(policy, guides), ...(await clusterMistakes(policy, environment))]);
  return policy;
}

/** A policy with mistakes changes nothing: the daemon goes on with the one it has, and says so. */
function signalsFor(
  { daemon, server, policy, log, guides, folders }: Running,
  { policyFile, environment }: RunOptions,
): Signals {
  return {
    reload: async () => {
      try {
        refuseOtherControls(controlFolders(policyFile), folders);
        const next = await readPolicy(policyFile, environment, guides);
        refuseOther(next.sharing, policy.sharing);
        server.adopt(next.web);
        await daemon.reload(next);
        log.info({ policyFile }, 'policy reloaded');
      } catch (error) {
        log.error(
          { policyFile, error: error instanceof Error ? error.message : String(error) },
          'policy not reloaded',
        );
      }
    },
  };
}

interface Running {
  readonly daemon: Daemon;
  readonly server: WebServer;
  /** The policy that it was started with. */
  readonly policy: Policy;
  readonly log: Log;
  /** The guides and folders of custom controls that it was started with. */
  readonly guides: readonly Guide[];
  readonly folders: readonly string[];
}

/** @throws InputError where the units would have to agree anew on what is whose. */
function refuseOther(next: Policy['sharing'], before: Policy['sharing']): void {
  if (JSON.stringify(next) !== JSON.stringify(before))
    throw new InputError('sharing cannot change while Holdfast runs: restart it');
}

/** The guides with the custom controls, whose engine is loaded only where there are some. @throws InputError */
async function guidesWith(folders: readonly string[]): Promise<readonly Guide[]> {
  return folders.length === 0 ? shipped : (await import('./with-custom.js')).withCustom(shipped, folders);
}

/** @throws InputError: what is judged stays the same while it runs. */
function refuseOtherControls(next: readonly string[], before: readonly string[]): void {
  if (JSON.stringify(next) !== JSON.stringify(before))
    throw new InputError('the folders of controls cannot change while Holdfast runs: restart it');
}

function logLevel(level: RunOptions['environment']['logLevel']): Parameters<typeof createLog>[0]['level'] {
  if (level === 'trace') return 'debug';
  return level === 'fatal' ? 'error' : level;
}
