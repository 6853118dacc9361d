/** Leases of the Kubernetes API (`coordination.k8s.io/v1`), by which units of the daemon share an estate. */
import { LeaseConflict, type Lease, type Leases, type LeaseText } from '../../core/ports/sharing.js';
import type { Clock } from '../../core/ports/time.js';
import { ApiError } from '../access/api-error.js';
import type { KubeClient } from '../access/client.js';
import { branch, dict, isRaw, items, number, present, text, type Raw } from '../raw.js';

export interface KubeLeasesOptions {
  readonly client: Pick<KubeClient, 'ask'>;
  readonly namespace: string;
  /** Tells the Leases of one group of units from those of others in the namespace; they are named by it, too. */
  readonly group: string;
  /** How long a Lease holds without being renewed, seconds: shown in it, for people. */
  readonly duration: number;
  readonly clock: Clock;
}

/** Labels and annotations of ours. */
const groupLabel = 'holdfast/sharing';
const notePrefix = 'holdfast/';

/** The Leases of a group; their names here are without the group's. Of a Lease's times none is ever read. */
export function kubeLeases(options: KubeLeasesOptions): Leases {
  const { client, namespace, group } = options;
  const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
  const selector = encodeURIComponent(`${groupLabel}=${group}`);
  return {
    list: async () => {
      const answer = await client.ask({ method: 'GET', path: `${path}?labelSelector=${selector}` });
      return items(isRaw(answer) ? answer : {}, 'items').map((item) => leaseFrom(item, group));
    },
    put: async (lease, before) => {
      const body = JSON.stringify(objectOf(lease, before, options));
      const asked =
        before === undefined
          ? ({ method: 'POST', path, body } as const)
          : ({ method: 'PUT', path: `${path}/${group}-${lease.name}`, body } as const);
      try {
        const answer = await client.ask(asked);
        return leaseFrom(isRaw(answer) ? answer : {}, group);
      } catch (error) {
        throw conflictIn(error) ?? error;
      }
    },
  };
}

/** 409: it is another by now, or there is one already; 404: somebody removed it. */
function conflictIn(error: unknown): LeaseConflict | undefined {
  const isOne = error instanceof ApiError && (error.status === 409 || error.status === 404);
  return isOne ? new LeaseConflict(error.message, { cause: error }) : undefined;
}

function leaseFrom(object: Raw, group: string): Lease {
  const metadata = branch(object, 'metadata');
  const spec = branch(object, 'spec');
  const notes = dict(metadata, 'annotations', (name) => name.startsWith(notePrefix));
  return {
    name: (text(metadata, 'name') ?? '').slice(group.length + 1),
    holder: text(spec, 'holderIdentity') ?? '',
    notes: Object.fromEntries(
      Object.entries(notes).map(([name, value]) => [name.slice(notePrefix.length), value]),
    ),
    version: text(metadata, 'resourceVersion') ?? '',
    transitions: number(spec, 'leaseTransitions') ?? 0,
    ...present({ acquired: text(spec, 'acquireTime') }),
  };
}

function objectOf(
  { name, holder, notes }: LeaseText,
  before: Lease | undefined,
  { namespace, group, duration, clock }: KubeLeasesOptions,
): object {
  const isNew = before?.holder !== holder;
  const now = microTime(clock.now());
  const acquired = isNew ? now : before.acquired;
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: `${group}-${name}`,
      namespace,
      labels: { [groupLabel]: group, 'app.kubernetes.io/managed-by': 'holdfast' },
      annotations: Object.fromEntries(Object.entries(notes).map(([key, value]) => [notePrefix + key, value])),
      ...(before === undefined ? {} : { resourceVersion: before.version }),
    },
    spec: {
      // The API takes no empty text here.
      ...(holder === '' ? {} : present({ holderIdentity: holder, renewTime: now, acquireTime: acquired })),
      leaseDurationSeconds: duration,
      leaseTransitions: (before?.transitions ?? 0) + Number(before !== undefined && isNew && holder !== ''),
    },
  };
}

/** With six digits after the second, as Leases have it. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
