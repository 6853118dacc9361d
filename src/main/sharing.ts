/** How this unit shares the estate with others: Leases of a cluster, and a journal that all of them use. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../config/environment.js';
import { readTextFile } from '../config/read-file.js';
import type { SharingOptions } from '../controller/sharing/share.js';
import { timing } from '../controller/sharing/timing.js';
import { InputError } from '../core/input-error.js';
import { leaseNameForm, type SharingPolicy } from '../core/policy/sharing.js';
import type { SharedStore } from '../core/ports/index.js';
import type { SharingPorts } from '../core/ports/sharing.js';
import { AccessError } from '../kube/access/access-error.js';
import { KubeClient } from '../kube/access/client.js';
import type { ClusterAccess } from '../kube/access/cluster-access.js';
import { inClusterAccess } from '../kube/access/in-cluster.js';
import { readKubeconfig } from '../kube/access/kubeconfig.js';
import { kubeLeases } from '../kube/lease/kube-leases.js';
import { waitMs } from '../juju/cli/wait.js';
import { systemClock } from './system.js';

/** Where Kubernetes tells a pod its own namespace. */
const ownNamespace = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';

/**
 * Shorter than what is left of a lease's time after a renewal was due: one that is lost on the way is tried again
 * before steps have to wait for it.
 */
const answerMs = 2500;

export interface SharingParts {
  readonly sharing: SharingPolicy;
  readonly environment: Pick<Environment, 'clusterApi' | 'unit' | 'stateDir'>;
  readonly store: SharedStore;
  /** Holdfast's own. */
  readonly version: string;
}

/** @throws InputError where the way to the cluster, or this unit's name, cannot be used. */
export async function sharingOptions(parts: SharingParts): Promise<SharingOptions> {
  const { sharing, environment, store, version } = parts;
  const client = new KubeClient({
    access: await accessFor(sharing, environment),
    clock: systemClock,
    userAgent: `holdfast/${version}`,
    settings: { headDeadlineMs: answerMs, bodyDeadlineMs: answerMs },
  });
  const leases = kubeLeases({
    client,
    namespace: sharing.namespace ?? readTextFile(ownNamespace).content.trim(),
    group: sharing.group,
    duration: timing.duration / 1000,
    clock: systemClock,
  });
  return {
    unit: unitName(sharing, environment),
    parts: sharing.parts,
    store,
    ports: { leases, monotonic: () => performance.now(), ...instances(environment.stateDir) },
    longerFor: (argv) => waitMs(argv),
  };
}

/**
 * Which life of a unit this is, kept in its state directory, which only one process has at a time: whoever is named
 * there when the next one begins has ended, and what he held need not be waited for.
 */
function instances(stateDir: string): Pick<SharingPorts, 'newInstance' | 'before'> {
  const file = join(stateDir, 'sharing-instance');
  const before = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  const newInstance = (): string => {
    const made = randomUUID().slice(0, 8);
    writeFileSync(file, `${made}\n`, { mode: 0o600 });
    return made;
  };
  return before === '' ? { newInstance } : { newInstance, before };
}

/** Several units cannot share what is journaled in a file of one machine. */
export function noSharedJournal(file: string): InputError {
  return new InputError(
    `${file} shares the estate between several units (sharing), which takes a journal that all of them use: ` +
      'name the file with the URL of a PostgreSQL database in HOLDFAST_DATABASE',
  );
}

/** @throws InputError where the host is called as no Lease may be. */
function unitName(sharing: SharingPolicy, environment: Pick<Environment, 'unit'>): string {
  const unit = environment.unit ?? sharing.unit ?? hostname();
  if (leaseNameForm.test(unit)) return unit;
  throw new InputError(
    `"${unit}" cannot be the name of a unit: write lower-case letters, digits and hyphens into sharing.unit or HOLDFAST_UNIT`,
  );
}

async function accessFor(
  { kubeconfig, context }: SharingPolicy,
  { clusterApi }: Pick<Environment, 'clusterApi'>,
): Promise<ClusterAccess> {
  try {
    if (kubeconfig !== undefined) return await readKubeconfig(kubeconfig, context);
    return inClusterAccess('own', { host: clusterApi?.host, port: clusterApi?.port });
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    throw new InputError(`sharing: ${error.message}`);
  }
}
