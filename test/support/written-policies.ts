/** Writes the NetworkPolicies of an estate, reads them back, and applies them to a world of pods. */
import { expect } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { PolicyPod, PolicyWorld } from '../../src/core/kube/network-policy/world.js';
import type { NetworkPolicySpec } from '../../src/core/kube/network.js';
import { observeOnly, type Policy } from '../../src/core/policy/policy.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { policiesForEstate } from '../../src/guides/kubernetes/network-policy/for-estate.js';

export interface Written {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: NetworkPolicySpec;
}

interface Asked {
  readonly policy?: Policy;
  readonly egress?: boolean;
  readonly model?: string;
}

export function text(
  snapshot: Snapshot,
  { policy = observeOnly, egress = true, model: name }: Asked = {},
): string {
  return policiesForEstate({ snapshot, policy, egress, ...(name === undefined ? {} : { model: name }) });
}

export function written(snapshot: Snapshot, asked?: Asked): readonly Written[] {
  return parseAllDocuments(text(snapshot, asked))
    .map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as Written | null;
    })
    .filter((document) => document !== null);
}

/** The world after `kubectl apply`. */
export function applied(all: readonly Written[]): PolicyWorld {
  const spaces = [...new Set(all.map(({ metadata }) => metadata.namespace))];
  return Object.fromEntries(
    spaces.map((name) => [
      name,
      {
        labels: {},
        policies: all.filter(({ metadata }) => metadata.namespace === name).map(({ spec }) => spec),
      },
    ]),
  );
}

export function party(name: string, namespace = 'data'): PolicyPod {
  return {
    namespace,
    labels: { 'app.kubernetes.io/name': name },
    addresses: ['10.1.0.9'],
    hostNetwork: false,
    ports: [],
  };
}
