import { Command } from 'commander';
import { InputError } from '../core/input-error.js';
import { hashOf } from '../core/plan.js';
import type { AuditEntry } from '../core/ports/index.js';
import type { Rehearsal } from '../core/rehearsal.js';
import { emit, jsonText } from './emit.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import type { Finish } from './finish.js';
import { guidesFor } from './guides-for.js';
import { addStateOption, type StateOptions } from './journal/with-journal.js';
import {
  addFilterOptions,
  addOutputOptions,
  addRoadOptions,
  type FilterOptions,
  type OutputOptions,
  type RoadOptions,
} from './options.js';
import { proposing } from './plan.js';
import { policyFileOf } from './policy.js';
import { progressOn } from './progress.js';
import type { Services } from './services.js';
import { survey } from './survey.js';

interface RehearseOptions extends RoadOptions, FilterOptions, OutputOptions, StateOptions {}

const examples = `
Changes nothing real: the estate is read, copied into a simulator, and the plan is
carried out there. Shown are the order, the restarts, who is without service and for
how long, and what holds afterwards. Kept with --output, the result can serve as
evidence (EBP-UPD-02); where there is a journal, it notes that it was rehearsed.

Examples:
  holdfast rehearse --juju --control "ETCD-ENC-*"
  holdfast rehearse --status status.json --application etcd
  holdfast rehearse --policy holdfast.yaml --format json --output rehearsal.json

Exit code: 0 every step worked or nothing was to do, 2 some did not, 1 it failed.`;

/** `holdfast rehearse`: plays on a simulated copy what would put the estate right. */
export function rehearseCommand(services: Services, finish: Finish): Command {
  const command = new Command('rehearse').description(
    'play the plan on a simulated copy of the estate, and show what would happen',
  );
  addStateOption(addOutputOptions(addFilterOptions(addRoadOptions(command))))
    .addHelpText('after', examples)
    .action(async (options: RehearseOptions) => {
      finish(await rehearse(options, services));
    });
  return command;
}

async function rehearse(options: RehearseOptions, services: Services): Promise<ExitCode> {
  const { io } = services;
  const rehearsal = await rehearsed(options, services);
  emit(await written(rehearsal, options, services), options, io);
  if (options.output !== undefined)
    io.err(`the rehearsal's hash, for an attestation: sha256 ${hashOf(rehearsal)}\n`);
  await noteDown(rehearsal, options, services);
  const steps = rehearsal.plans.flatMap((plan) => plan.steps);
  return steps.every(({ state }) => state === 'Succeeded') ? exitCodes.fine : exitCodes.found;
}

async function rehearsed(options: RehearseOptions, services: Services): Promise<Rehearsal> {
  if (services.rehearse === undefined) throw new InputError('rehearse is not available in this build');
  const governed = policyFileOf(options, services) !== undefined;
  const judged = await survey(options, services, (policy) => (governed ? policy : proposing(policy)));
  const { snapshot, source, findings, policy, asOf } = judged;
  const progress = progressOn(services.io, services.now);
  const request = { snapshot, source, findings, policy, governed, asOf };
  return services
    .rehearse({
      ...request,
      guides: await guidesFor(policyFileOf(options, services), services, options.controls),
      journal: await services.journalView?.(),
      environment: {
        ...services.environment,
        ...(options.data === undefined ? {} : { dataDir: options.data }),
      },
      progress: progress.tell,
    })
    .finally(progress.done);
}

async function written(rehearsal: Rehearsal, options: RehearseOptions, { io }: Services): Promise<string> {
  if (options.format === 'json') return jsonText(rehearsal);
  const { renderRehearsal } = await import('./render/rehearsal.js');
  const toFile = options.output !== undefined;
  return renderRehearsal(rehearsal, {
    columns: toFile ? undefined : io.columns,
    color: io.color && !toFile,
  });
}

/** In the journal, where there is one: whoever approves the plan can see that it was rehearsed, and with what result. */
async function noteDown(rehearsal: Rehearsal, options: RehearseOptions, services: Services): Promise<void> {
  const { journal: access, environment } = services;
  const stateDir = options.stateDir ?? environment.stateDir;
  const journal = await access?.open(stateDir).catch((error: unknown) => {
    // Where no daemon ever ran there is no journal to write into; one that was named has to be there.
    if (error instanceof InputError && options.stateDir === undefined) return undefined;
    throw error;
  });
  if (journal === undefined) return;
  try {
    await journal.write({ type: 'audit', entry: entryOf(rehearsal, access?.userName() ?? '') });
  } finally {
    await journal.close();
  }
}

function entryOf(rehearsal: Rehearsal, user: string): AuditEntry {
  return {
    at: rehearsal.rehearsedAt,
    actor: user === '' ? 'unknown' : user,
    event: 'Rehearsed',
    why: 'what a plan would do was played on a simulated copy of the estate',
    body: {
      rehearsal: hashOf(rehearsal),
      source: { ...rehearsal.source },
      before: { ...rehearsal.compliance.before },
      after: { ...rehearsal.compliance.after },
      plans: rehearsal.plans.map(({ target, hash, steps }) => ({
        target,
        ...(hash === undefined ? {} : { hash }),
        steps: steps.map(({ argv, state, reason }) => ({ argv, state, reason })),
      })),
    },
  };
}
