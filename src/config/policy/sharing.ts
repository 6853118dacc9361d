import { resolve } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../core/input-error.js';
import { leaseNameForm, sharingDefaults, type SharingPolicy } from '../../core/policy/sharing.js';
import type { Mistake } from '../mistakes.js';
import { checkKubeconfig } from './kubeconfig.js';
import { text } from './parts.js';

const name = z.string().regex(leaseNameForm, 'write at most 40 lower-case letters, digits and hyphens');

/** `sharing`: several units look after one estate. */
export const SharingKeys = z
  .strictObject({
    unit: name.exactOptional().meta({
      description:
        "This unit's own name, which no other has; HOLDFAST_UNIT, or its host's where it is left out.",
    }),
    parts: z.int().min(1).max(256).exactOptional().meta({
      description: 'Into how many parts the estate is cut; 16 unless given. The same on all units.',
    }),
    group: name.exactOptional().meta({
      description: 'Names the Leases of units that belong together; holdfast unless given.',
    }),
    namespace: text.exactOptional().meta({
      description:
        'Where the Leases are; the namespace of the pod that Holdfast runs in where it is left out.',
    }),
    kubeconfig: text.exactOptional().meta({
      description:
        'File with the way to the cluster that keeps the Leases, relative to the policy file; the service account of the pod where it is left out.',
    }),
    context: text.exactOptional().meta({ description: 'A context of the kubeconfig.' }),
  })
  .refine(({ kubeconfig, context }) => context === undefined || kubeconfig !== undefined, {
    path: ['context'],
    error: 'goes with a kubeconfig',
  })
  .refine(({ kubeconfig, namespace }) => kubeconfig === undefined || namespace !== undefined, {
    path: ['namespace'],
    error: 'goes with a kubeconfig: name the namespace in which the Leases are kept',
  })
  .meta({
    description:
      'Several units look after one estate, each after its part of it: agreed on by Kubernetes Leases, with the journal in a database that all of them use.',
  });

export function sharingFrom(
  keys: z.output<typeof SharingKeys>,
  { folder, troubles }: { readonly folder: string; readonly troubles: Mistake[] },
): SharingPolicy {
  const { kubeconfig, ...rest } = keys;
  if (kubeconfig === undefined) return { ...sharingDefaults, ...rest };
  const file = resolve(folder, kubeconfig);
  try {
    checkKubeconfig(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    troubles.push(`sharing: kubeconfig: ${error.message}`);
  }
  return { ...sharingDefaults, ...rest, kubeconfig: file };
}
