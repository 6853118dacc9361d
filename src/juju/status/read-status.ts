import { newDict } from '../../core/dict.js';
import type { Instant, Reading, Road } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import type { ControllerState, ModelState, Snapshot } from '../../core/snapshot.js';
import { gapsOf } from './gaps.js';
import { isBranch, type Branch } from './json.js';
import { controllerOf, modelFromStatus } from './model.js';
import { parseText } from './parse.js';

/** Where a text came from, and when it was read or saved. */
export interface TextOrigin {
  /** The file's name, or `standard input`: for messages and evidence. */
  readonly source: string;
  readonly at: Instant;
}

/**
 * A snapshot of one model from the text of `juju status --format json` or `yaml`, of Juju 2.9, 3.x or 4.x. Facts
 * that a status does not carry are unknown, each with a sentence that says what would show it.
 * @throws InputError when the text is empty, is neither JSON nor YAML, or is no status.
 */
export function readStatusText(content: string, origin: TextOrigin): Snapshot {
  const status = statusIn(parseText(content, origin.source), origin.source);
  const reading: Reading = { source: { road: 'status-file', call: origin.source }, at: origin.at };
  return snapshotOf(modelFromStatus(reading, status), reading);
}

/** A snapshot of one model whose controller is not known further. */
export function snapshotOf(model: ModelState, reading: Reading): Snapshot {
  const models = newDict<ModelState>();
  models[model.name] = model;
  const controllers = newDict<ControllerState>();
  controllers[model.controller] = controllerOf(
    model.controller,
    gapsOf(reading, carriers[reading.source.road]),
    models,
  );
  return { kind: 'Snapshot', version: 'v1', takenAt: reading.at, controllers };
}

const carriers: Readonly<Record<Road, string>> = {
  api: 'the API',
  cli: 'juju',
  'status-file': 'a status file',
  bundle: 'a bundle',
  snapshot: 'a snapshot',
  recording: 'a recording',
  probe: 'a probe',
  policy: 'the policy',
};

function statusIn(values: readonly unknown[], source: string): Branch {
  const found = values.find((value) => isBranch(value) && isBranch(value['model']));
  if (isBranch(found) && !('model-tag' in found)) return found;
  throw new InputError(`${source} is no juju status: ${guess(values.find(isBranch))}`);
}

/** What a text that is no status looks like, and what to do about it. */
function guess(value: Branch | undefined): string {
  const again = 'save one with "juju status --format json"';
  if (value === undefined) return `it holds no object; ${again}`;
  if (value['kind'] === 'Snapshot') return 'it is a saved snapshot; read it with --snapshot';
  if (typeof value['kind'] === 'string') return `it is a ${value['kind'].slice(0, 40)}; ${again}`;
  if (isBranch(value['applications']) || isBranch(value['services']))
    return 'it looks like a bundle; read it with --bundle';
  if ('response' in value || 'request-id' in value) return `it looks like an answer of Juju's API; ${again}`;
  return `it names no model; ${again}`;
}
