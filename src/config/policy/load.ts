import { dirname, resolve } from 'node:path';
import { seconds } from '../../core/duration.js';
import type { Instant } from '../../core/fact.js';
import { hashOf } from '../../core/plan.js';
import type { HandedCloudPolicy } from '../../core/policy/cloud-policies.js';
import type { WatchedCluster } from '../../core/policy/clusters.js';
import type { NotifyPolicy } from '../../core/policy/notify.js';
import type { WatchedStack } from '../../core/policy/observability.js';
import type { SharingPolicy } from '../../core/policy/sharing.js';
import type { WebPolicy } from '../../core/policy/web.js';
import {
  defaultPace,
  nobodyNamed,
  observeOnly,
  type Attestation,
  type ControllerAccess,
  type Pace,
  type Policy,
  type Waiver,
} from '../../core/policy/policy.js';
import type { WorkloadRule } from '../../core/policy/workload.js';
import { instant, millis } from '../../core/time.js';
import { throwMistakes, type Mistake } from '../mistakes.js';
import { readTextFile } from '../read-file.js';
import { parseYamlText } from '../yaml-text.js';
import { charmhubFrom } from './charmhub.js';
import { handedCloudPolicies } from './cloud-policies.js';
import { watchedClusters } from './clusters.js';
import { controllerAccess } from './controllers.js';
import { notifyFrom } from './notify.js';
import { watchedStacks } from './observability.js';
import { railsFrom } from './rails-from.js';
import { readDocument, type RefusedWaiver } from './read-document.js';
import { rotationFrom } from './rotation.js';
import type { PolicyFile } from './schema.js';
import { sharingFrom } from './sharing.js';
import { shutWindows } from './shut-windows.js';
import { webFrom } from './web.js';
import { workloadFrom } from './workload.js';
import { paceDurations } from './words.js';

export interface LoadedPolicy {
  readonly policy: Policy;
  /** What a person should know and need not mend: one sentence each. */
  readonly notes: readonly string[];
}

/** A policy with all that is wrong with it. */
export interface InspectedPolicy extends LoadedPolicy {
  readonly mistakes: readonly Mistake[];
  /** The policy without the parts that have mistakes. */
  readonly policy: Policy;
  /** Waivers that have mistakes. */
  readonly refused: readonly RefusedWaiver[];
}

/**
 * Loads a policy file with the credentials and CA that it names. Where another road than the API is taken, pass
 * `credentials: 'optional'`: controllers whose files cannot be read are then left out, with a note.
 * @throws InputError with every mistake of the policy and its files at once.
 */
export function loadPolicy(file: string, options: { credentials: 'required' | 'optional' }): LoadedPolicy {
  const { mistakes, notes, policy } = inspectPolicy(file);
  throwMistakes(file, options.credentials === 'required' ? [...mistakes, ...notes] : mistakes);
  return { policy, notes };
}

/**
 * Reads a policy file as far as it can be read; `notes` are the troubles with files that it names.
 * @throws InputError when it cannot be read at all.
 */
export function inspectPolicy(file: string): InspectedPolicy {
  const value = parseYamlText(readTextFile(file).content, file);
  const { document, mistakes, refused } = readDocument(value);
  const notes: Mistake[] = [];
  const controllers = (document.controllers ?? []).flatMap((controller, index) =>
    controllerAccess(controller, { folder: dirname(file), path: `controllers[${index}]`, troubles: notes }),
  );
  const place = { folder: dirname(file), troubles: notes };
  const reached = {
    controllers,
    dataDir: document.data && resolve(dirname(file), document.data),
    clusters: watchedClusters(document.clusters ?? [], place),
    observability: watchedStacks(document.observability ?? [], place),
    cloudPolicies: handedCloudPolicies(document.cloudPolicies ?? [], place),
    sharing: document.sharing && sharingFrom(document.sharing, place),
    web: document.web && webFrom(document.web, place),
    notify: document.notify && notifyFrom(document.notify, place),
  };
  const workload =
    document.workload && workloadFrom(document.workload, { ...place, clusters: reached.clusters });
  const policy = policyFrom(document, { ...reached, workload });
  return { policy, mistakes: [...mistakes, ...shutWindows(policy.windows)], notes, refused };
}

/** What the policy may be asked to reach, with what its files hold. */
interface Reached {
  readonly dataDir: string | undefined;
  readonly controllers: readonly ControllerAccess[];
  readonly clusters: readonly WatchedCluster[];
  readonly observability: readonly WatchedStack[];
  readonly cloudPolicies: readonly HandedCloudPolicy[];
  readonly sharing: SharingPolicy | undefined;
  readonly notify: NotifyPolicy | undefined;
  readonly web: WebPolicy | undefined;
  readonly workload: readonly WorkloadRule[] | undefined;
}

function policyFrom(document: PolicyFile, reached: Reached): Policy {
  const { controllers, sharing, notify, web } = reached;
  return {
    controllers,
    ...around(reached),
    ...(sharing === undefined ? {} : { sharing }),
    ...(notify === undefined ? {} : { notify }),
    ...(web === undefined ? {} : { web }),
    defaults: { ...observeOnly.defaults, ...document.defaults },
    rules: document.rules ?? [],
    users: { ...nobodyNamed, ...document.users },
    waivers: (document.waivers ?? []).map(waiverFrom),
    attestations: (document.attestations ?? []).map(attestationFrom),
    ...railsFrom(document),
    ...rulesFrom(document, reached),
    pace: paceFrom(document.pace ?? {}),
    hash: hashOf(document),
  };
}

/** What is to be asked besides Juju, as far as anything is. */
function around({
  dataDir,
  clusters,
  observability,
  cloudPolicies,
}: Reached): Pick<Policy, 'dataDir' | 'clusters' | 'observability' | 'cloudPolicies'> {
  return {
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(clusters.length === 0 ? {} : { clusters }),
    ...(observability.length === 0 ? {} : { observability }),
    ...(cloudPolicies.length === 0 ? {} : { cloudPolicies }),
  };
}

/** What is named in rules of its own, where it is. */
function rulesFrom(
  { rotation, charmhub }: PolicyFile,
  { workload }: Reached,
): Pick<Policy, 'rotation' | 'workload' | 'charmhub'> {
  return {
    ...(charmhub === undefined ? {} : { charmhub: charmhubFrom(charmhub) }),
    ...(rotation === undefined ? {} : { rotation: rotationFrom(rotation) }),
    ...(workload === undefined ? {} : { workload }),
  };
}

function waiverFrom(waiver: NonNullable<PolicyFile['waivers']>[number]): Waiver {
  return { ...waiver, expires: toTheSecond(waiver.expires) };
}

function attestationFrom(given: NonNullable<PolicyFile['attestations']>[number]): Attestation {
  return { ...given, attested: toTheSecond(given.attested), expires: toTheSecond(given.expires) };
}

/** In UTC; a part of a second is left out, so that nothing lasts longer than it says. */
function toTheSecond(time: string): Instant {
  return instant(Math.floor(millis(time) / 1000) * 1000);
}

function paceFrom(given: NonNullable<PolicyFile['pace']>): Pace {
  const pace: Record<keyof Pace, number> = { ...defaultPace };
  for (const key of paceDurations) {
    const duration = given[key];
    if (duration !== undefined) pace[key] = seconds(duration);
  }
  return pace;
}
