import { dirname } from 'node:path';
import { seconds } from '../../core/duration.js';
import { hashOf } from '../../core/plan.js';
import {
  defaultPace,
  observeOnly,
  type ControllerAccess,
  type Pace,
  type Policy,
  type Waiver,
} from '../../core/policy/policy.js';
import { instant, millis } from '../../core/time.js';
import { mistakesOf, throwMistakes, type Mistake } from '../mistakes.js';
import { readTextFile } from '../read-file.js';
import { parseYamlText } from '../yaml-text.js';
import { controllerAccess } from './controllers.js';
import { PolicyFile } from './schema.js';
import { laterKeys, paceDurations } from './words.js';

export interface LoadedPolicy {
  readonly policy: Policy;
  /** What a person should know and need not mend: one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Loads a policy file with the credentials and CA that it names. Where another road than the API is taken, pass
 * `credentials: 'optional'`: controllers whose files cannot be read are then left out, with a note.
 * @throws InputError with every mistake of the policy and its files at once.
 */
export function loadPolicy(file: string, options: { credentials: 'required' | 'optional' }): LoadedPolicy {
  const document = parsePolicy(readTextFile(file).content, file);
  const mistakes = mistakesIn(document);
  const troubles: Mistake[] = [];
  const controllers = (document.controllers ?? []).flatMap((controller, index) =>
    controllerAccess(controller, { folder: dirname(file), path: `controllers[${index}]`, troubles }),
  );
  const fatal = options.credentials === 'required' ? [...mistakes, ...troubles] : mistakes;
  throwMistakes(file, fatal);
  return { policy: policyFrom(document, controllers), notes: troubles };
}

function parsePolicy(content: string, file: string): PolicyFile {
  const value = parseYamlText(content, file);
  const result = PolicyFile.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throwMistakes(file, mistakesOf(PolicyFile, result.error.issues).map(withLaterKeys));
  throw result.error;
}

function withLaterKeys(mistake: Mistake): Mistake {
  const key = /^(\w+) is unknown/.exec(mistake)?.[1];
  return key !== undefined && laterKeys.has(key) ? `${key} is not supported by this version yet` : mistake;
}

function mistakesIn(document: PolicyFile): Mistake[] {
  const waivers = document.waivers ?? [];
  return [
    ...repeated(
      (document.controllers ?? []).map(({ name }) => name),
      'controllers',
      'name',
    ),
    ...repeated(
      waivers.map(({ id }) => id),
      'waivers',
      'id',
    ),
    ...waivers.flatMap(({ match }, index) =>
      Object.keys(match).length > 0
        ? []
        : [`waivers[${index}].match would waive everything: name a control at least`],
    ),
  ];
}

function repeated(names: readonly string[], list: string, key: string): Mistake[] {
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    return first === index
      ? []
      : [`${list}[${index}].${key} "${name}" is taken by ${list}[${first}] already`];
  });
}

function policyFrom(document: PolicyFile, controllers: readonly ControllerAccess[]): Policy {
  return {
    controllers,
    defaults: { ...observeOnly.defaults, ...document.defaults },
    rules: document.rules ?? [],
    waivers: (document.waivers ?? []).map(waiverFrom),
    pace: paceFrom(document.pace ?? {}),
    hash: hashOf(document),
  };
}

function waiverFrom(waiver: NonNullable<PolicyFile['waivers']>[number]): Waiver {
  return { ...waiver, expires: instant(millis(waiver.expires)) };
}

function paceFrom(given: NonNullable<PolicyFile['pace']>): Pace {
  const pace: Record<keyof Pace, number> = { ...defaultPace };
  for (const key of paceDurations) {
    const duration = given[key];
    if (duration !== undefined) pace[key] = seconds(duration);
  }
  if (given.attempts !== undefined) pace.attempts = given.attempts;
  return pace;
}
