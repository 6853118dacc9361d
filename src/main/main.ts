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
  // What a report is made of is told with the guides that it was judged by.
  let known: readonly Guide[] | undefined;
  const guidesKnown = async (): Promise<readonly Guide[]> => known ?? loadGuides();
  return {
    io: processIo(process, environment.mayColor),
    environment,
    version: toolVersion(),
    now: () => Date.now(),
    guides: async (folders) => (known = await loadGuides(folders)),
    roads,
    html: async (report, earlier) => {
      const { renderHtml } = await import('../report/html.js');
      return renderHtml(report, [], [], { guides: await guidesKnown(), earlier });
    },
    exported: async (format, report, options) => {
      const { exportReport } = await import('../report/exports/index.js');
      return exportReport(format, report, { ...options, guides: await guidesKnown() });
    },
    terraform: async (request) =>
      (await import('../terraform/printer/print-plans.js')).printTerraform(request),
    rehearse: async (request) => (await import('./rehearse/rehearse.js')).rehearse(request),
    networkPolicies: async (request) =>
      (await import('../guides/kubernetes/network-policy/for-estate.js')).policiesForEstate(request),
    clusterMistakes: async (policy) => (await import('./clusters.js')).clusterMistakes(policy, environment),
    charmhub: async (charms, progress) =>
      (await import('./charmhub.js')).askCharmhub(charms, { environment, progress }),
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
async function loadGuides(folders: readonly string[] = []): Promise<readonly Guide[]> {
  const { z } = await import('zod');
  z.config({ jitless: true });
  const { guides } = await import('../guides/index.js');
  return folders.length === 0 ? guides : (await import('./with-custom.js')).withCustom(guides, folders);
}
