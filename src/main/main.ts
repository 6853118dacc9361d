import { processIo } from '../cli/process-io.js';
import { failureCode, runProgram } from '../cli/program.js';
import type { Services } from '../cli/services.js';
import { readEnvironment, type Environment } from '../config/environment.js';
import { toolVersion } from '../config/version.js';
import type { Guide } from '../core/control.js';
import { journalAccess } from './journal.js';
import { roads } from './roads.js';

/** Composes the program and runs one command line; resolves to its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let environment: Environment;
  try {
    environment = readEnvironment();
  } catch (error) {
    return failureCode(error, processIo(process, false), 'info');
  }
  return runProgram(argv, services(environment));
}

/** Everything that takes time to load is loaded by the command that needs it. */
function services(environment: Environment): Services {
  return {
    io: processIo(process, environment.mayColor),
    environment,
    version: toolVersion(),
    now: () => Date.now(),
    guides: loadGuides,
    roads,
    html: async (report, earlier) => {
      const { renderHtml } = await import('../report/html.js');
      return renderHtml(report, [], [], { guides: await loadGuides(), earlier });
    },
    exported: async (format, report, options) => {
      const { exportReport } = await import('../report/exports/index.js');
      return exportReport(format, report, { ...options, guides: await loadGuides() });
    },
    terraform: async (request) =>
      (await import('../terraform/printer/print-plans.js')).printTerraform(request),
    rehearse: async (request) => (await import('./rehearse/rehearse.js')).rehearse(request),
    networkPolicies: async (request) =>
      (await import('../guides/kubernetes/network-policy/for-estate.js')).policiesForEstate(request),
    clusterMistakes: async (policy) => (await import('./clusters.js')).clusterMistakes(policy, environment),
    notifyTest: async (target, link) => (await import('./notify-test.js')).notifyTest(target, link),
    run: async (options) => (await import('./run.js')).runDaemon(options),
    apply: async (request) => (await import('./apply.js')).applyPlans(request, environment),
    journalView: async (stateDir = environment.stateDir) =>
      (await import('./journal-view.js')).journalView({ ...environment, stateDir }, Date.now()),
    journal: journalAccess(environment),
    demo: async (options) => (await import('./demo/run-demo.js')).runDemo(options),
  };
}

/** A run parses few values with each schema: compiling them first would cost more than it saves. */
async function loadGuides(): Promise<readonly Guide[]> {
  const { z } = await import('zod');
  z.config({ jitless: true });
  return (await import('../guides/index.js')).guides;
}
