import { mapDict, newDict } from '../../core/dict.js';
import type { Instant, Reading, Road } from '../../core/fact.js';
import type { ModelState, Snapshot } from '../../core/snapshot.js';
import { gapsOf } from './gaps.js';
import { controllerOf, modelFromStatus } from './model.js';
import { parseText } from './parse.js';
import { distinctModels } from './same-model.js';
import { statusesIn } from './statuses.js';

/** Where a text came from, and when it was read or saved. */
export interface TextOrigin {
  /** The file's name, or `standard input`: for messages and evidence. */
  readonly source: string;
  readonly at: Instant;
}

/**
 * A snapshot of the models in the text of `juju status --format json` or `yaml`, of Juju 2.9, 3.x or 4.x: one status, or
 * several in a stream of documents, a list, or an object by the models' names. Facts that a status does not carry are
 * unknown, each with a sentence that says what would show it.
 * @throws InputError when the text is empty, is neither JSON nor YAML, holds something else than statuses, or two of
 * the same model.
 */
export function readStatusText(content: string, origin: TextOrigin): Snapshot {
  const found = statusesIn(parseText(content, origin.source), origin.source);
  const reading: Reading = { source: { road: 'status-file', call: origin.source }, at: origin.at };
  const placed = found.map((one) => ({ found: one, model: modelFromStatus(reading, one.status) }));
  return snapshotOf(distinctModels(placed, origin.source), reading);
}

/** A snapshot of models whose controllers are not known further. */
export function snapshotOf(models: readonly ModelState[], reading: Reading): Snapshot {
  const byController = newDict<Record<string, ModelState>>();
  for (const model of models) (byController[model.controller] ??= newDict<ModelState>())[model.name] = model;
  const gaps = gapsOf(reading, carriers[reading.source.road]);
  const controllers = mapDict(byController, (own, name) => controllerOf(name, gaps, own));
  return { kind: 'Snapshot', version: 'v1', takenAt: reading.at, controllers };
}

const carriers: Readonly<Record<Road, string>> = {
  api: 'the API',
  cli: 'juju',
  'status-file': 'a status file',
  bundle: 'a bundle',
  terraform: 'a Terraform plan',
  snapshot: 'a snapshot',
  recording: 'a recording',
  probe: 'a probe',
  policy: 'the policy',
  journal: 'the journal',
  'audit-log': 'an audit log',
  workload: 'a look into the units',
  kubernetes: 'the API of Kubernetes',
  observability: 'an observability stack',
  charmhub: 'Charmhub',
};
