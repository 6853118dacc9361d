/** `holdfast run`: the daemon on the controllers of a policy file. */
import type { RunOptions } from '../cli/services.js';
import { loadKnowledge } from '../config/knowledge.js';
import { policyMistakes } from '../config/policy/against-guides.js';
import { loadPolicy } from '../config/policy/load.js';
import { toolVersion } from '../config/version.js';
import type { Daemon } from '../controller/daemon.js';
import { InputError } from '../core/input-error.js';
import type { Policy } from '../core/policy/policy.js';
import type { Log } from '../core/ports/index.js';
import { guides } from '../guides/index.js';
import { serveReport } from '../report/http.js';
import { createLog } from '../report/log.js';
import { createMetrics } from '../report/metrics.js';
import { composeDaemon } from './compose.js';
import { journalIn } from './journal-in.js';
import { untilSignal, type Signals } from './signals.js';
import { takeStateDirectory } from './state-lock.js';
import { systemClock } from './system.js';

/** Runs until SIGTERM or SIGINT; SIGHUP reads the policy anew. Resolves to the exit code. */
export async function runDaemon(options: RunOptions): Promise<number> {
  const { environment, policyFile } = options;
  const policy = readPolicy(policyFile);
  const log = createLog({ level: logLevel(environment.logLevel) });
  const knowledge = loadKnowledge(environment.dataDir);
  const giveBack = takeStateDirectory(environment.stateDir);
  const store = await journalIn(environment.stateDir, policy.retention, log);
  const running: { daemon?: Daemon } = {};
  const view = (): Daemon | undefined => running.daemon;
  const metrics = createMetrics(view, systemClock);
  const { host, port } = environment.listen;
  const listen = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const server = await serveReport({ listen, log, clock: systemClock, view, metrics });
  const version = toolVersion();
  const daemon = await composeDaemon({
    policy,
    guides,
    knowledge,
    environment,
    log,
    telemetry: metrics.telemetry,
    toolVersion: version,
    store,
  });
  running.daemon = daemon;
  log.info(
    { version, policy: policy.hash, controllers: policy.controllers.map(({ name }) => name) },
    'holdfast runs',
  );
  await untilSignal(signalsFor(daemon, policyFile, log));
  log.info({}, 'stopping');
  await daemon.stop();
  await server.close();
  giveBack();
  return 0;
}

/** @throws InputError with every mistake of the policy and its files. */
function readPolicy(file: string): Policy {
  const { policy } = loadPolicy(file, { credentials: 'required' });
  if (policy.controllers.length === 0)
    throw new InputError(`${file} names no controllers: there is nothing to watch`);
  policyMistakes(policy, guides, file);
  return policy;
}

/** A policy with mistakes changes nothing: the daemon goes on with the one it has, and says so. */
function signalsFor(daemon: Daemon, policyFile: string, log: Log): Signals {
  return {
    reload: async () => {
      try {
        await daemon.reload(readPolicy(policyFile));
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

function logLevel(level: RunOptions['environment']['logLevel']): Parameters<typeof createLog>[0]['level'] {
  if (level === 'trace') return 'debug';
  return level === 'fatal' ? 'error' : level;
}
