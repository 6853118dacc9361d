/** What a model tells and lets change besides its applications. */
import { setModelConfig, unsetModelConfig } from '../../world/config.js';
import { switchBlockOff, switchBlockOn } from '../../world/blocks.js';
import { JujuError } from '../../errors.js';
import { need, needUnblocked } from '../../world/levels.js';
import type { BlockType } from '../../world/state.js';
import type { ModelCall, ModelMethod } from '../call.js';
import { fullStatus } from '../full-status.js';
import { fromMap } from '../from-map.js';
import { recordOf, recordsOf, resultOf, textOf, textsOf } from '../params.js';

export const modelMethods: Readonly<Record<string, ModelMethod>> = {
  'Client.FullStatus': status,
  'ModelConfig.ModelGet': modelGet,
  'ModelConfig.ModelSet': modelSet,
  'ModelConfig.ModelUnset': modelUnset,
  'ModelConfig.GetModelSecretBackend': secretBackend,
  'Block.List': blocks,
  'Block.SwitchBlockOn': (call) => switchBlock(call, true),
  'Block.SwitchBlockOff': (call) => switchBlock(call, false),
  'KeyManager.ListKeys': keys,
  'Spaces.ListSpaces': spaces,
  'Resources.ListResources': resources,
  'Annotations.Get': () => ({ results: [] }),
};

/** While answers are stale, the first one is given again. */
function status({ controller, model, user }: ModelCall): object {
  need(model, user, 'read');
  const { faults, world } = controller;
  const fresh = fullStatus(model, user);
  if (world.clock.now() >= faults.staleUntil) return fresh;
  const kept = faults.stale.get(model.uuid);
  if (kept !== undefined) return kept.answer as object;
  faults.stale.set(model.uuid, { answer: fresh });
  return fresh;
}

function modelGet({ model, user }: ModelCall): object {
  need(model, user, 'read');
  return {
    config: fromMap(
      new Map([...model.config].sort(([one], [other]) => (one < other ? -1 : 1))),
      (each) => each,
    ),
  };
}

function modelSet({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  needUnblocked(model, 'change');
  setModelConfig(model, recordOf(params, 'config'));
  return {};
}

function modelUnset({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  needUnblocked(model, 'change');
  unsetModelConfig(model, textsOf(params, 'keys'));
  return {};
}

function secretBackend({ model, user }: ModelCall): object {
  need(model, user, 'read');
  return { result: model.secretBackend };
}

function blocks({ model, user }: ModelCall): object {
  need(model, user, 'read');
  if (model.blocks.length === 0) return {};
  const tag = `model-${model.uuid}`;
  return { results: model.blocks.map(({ id, type, message }) => ({ result: { id, tag, type, message } })) };
}

function switchBlock({ model, user, params }: ModelCall, on: boolean): object {
  need(model, user, 'write');
  const type = blockType(textOf(params, 'type'));
  return resultOf(() => {
    if (on) switchBlockOn(model, type, textOf(params, 'message'));
    else switchBlockOff(model, type);
    return {};
  });
}

function blockType(text: string): BlockType {
  if (text === 'BlockDestroy' || text === 'BlockRemove' || text === 'BlockChange') return text;
  throw new JujuError(`unknown block type ${text}`, 'not valid');
}

function keys({ model, user, params }: ModelCall): object {
  need(model, user, 'read');
  const entities = recordsOf(recordOf(params, 'entities'), 'entities');
  return { results: entities.length === 0 ? null : entities.map(() => ({ result: model.sshKeys })) };
}

function spaces({ model, user }: ModelCall): object {
  need(model, user, 'read');
  return { results: [{ id: '0', name: 'alpha', subnets: [] }] };
}

function resources({ model, user, params }: ModelCall): object {
  need(model, user, 'read');
  const empty = { resources: null, 'charm-store-resources': null, 'unit-resources': [] };
  return { results: recordsOf(params, 'entities').map(() => empty) };
}
