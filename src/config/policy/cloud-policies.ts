import { resolve } from 'node:path';
import { z } from 'zod';
import { cloudPolicyForms } from '../../core/cloud-policy/forms.js';
import { InputError } from '../../core/input-error.js';
import type { HandedCloudPolicy } from '../../core/policy/cloud-policies.js';
import { instant } from '../../core/time.js';
import { parseJson } from '../json-text.js';
import { parseStrictly, type Mistake } from '../mistakes.js';
import { readTextFile } from '../read-file.js';
import { parseYamlText } from '../yaml-text.js';
import { text } from './parts.js';

/** The longest document, in characters: those of real clouds have a hundredth of it. */
const limit = 1024 * 1024;

const pattern = text.meta({ description: 'A name; * stands for any characters, ? for one.' });

/** One entry of `cloudPolicies`. */
export const CloudPolicyEntry = z.strictObject({
  match: z
    .strictObject({
      controller: pattern.exactOptional(),
      cloud: pattern.exactOptional(),
      credential: pattern.exactOptional(),
    })
    .meta({ description: 'The cloud credentials it is about; what is left out matches every one.' }),
  kind: z.enum(['aws-iam', 'azure-role', 'gcp-role', 'openstack-roles']).meta({
    description: 'What the file holds: IAM policy, role definitions, role or its bindings, role assignments.',
  }),
  file: text.meta({
    description: "What the cloud's own command printed, as JSON or YAML; relative to the policy file.",
  }),
});

interface Place {
  /** Relative paths in the policy start here. */
  readonly folder: string;
  readonly troubles: Mistake[];
}

/** The documents of a policy, without those that cannot be read: `troubles` says why. */
export function handedCloudPolicies(
  entries: readonly z.output<typeof CloudPolicyEntry>[],
  { folder, troubles }: Place,
): readonly HandedCloudPolicy[] {
  return entries.flatMap((entry, index) => {
    try {
      return [handedFrom(entry, resolve(folder, entry.file))];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      troubles.push(`cloudPolicies[${index}].file: ${error.message}`);
      return [];
    }
  });
}

function handedFrom(entry: z.output<typeof CloudPolicyEntry>, file: string): HandedCloudPolicy {
  const { content, modified } = readTextFile(file);
  if (content.length > limit) throw new InputError(`${file} is larger than 1 MiB: is it the right file?`);
  const grants = parseStrictly(cloudPolicyForms[entry.kind], valueIn(content, file), file);
  return { ...entry, written: instant(Math.floor(modified / 1000) * 1000), grants };
}

function valueIn(content: string, file: string): unknown {
  const first = content.replace('\uFEFF', '').trimStart().charAt(0);
  if (first === '{' || first === '[' || first === '') return parseJson(content, file);
  try {
    return parseYamlText(content, file);
  } catch (error) {
    if (error instanceof RangeError)
      throw new InputError(`${file} is nested too deeply: is it the right file?`);
    throw error;
  }
}
