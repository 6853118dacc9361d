import { JujuError } from '../errors.js';
import { uuidOf } from '../random.js';
import { touch, type BlockType, type SimModel } from './state.js';

/** Disables a command set. 4.x accepts a second time and keeps the first message; 3.6 refuses. */
export function switchBlockOn(model: SimModel, type: BlockType, message: string): void {
  if (model.blocks.some((block) => block.type === type)) {
    if (model.controller.flavour === '4.0') return;
    throw new JujuError(`block ${type} is already ON`, 'already exists');
  }
  model.blocks.push({ id: uuidOf(model.controller.world.random), type, message });
  touch(model);
}

export function switchBlockOff(model: SimModel, type: BlockType): void {
  const index = model.blocks.findIndex((block) => block.type === type);
  if (index < 0) {
    const is40 = model.controller.flavour === '4.0';
    throw new JujuError(is40 ? 'executing block command: block not found' : `block ${type} is already OFF`);
  }
  model.blocks.splice(index, 1);
  touch(model);
}

const commandSets: Readonly<Record<string, BlockType>> = {
  'destroy-model': 'BlockDestroy',
  'remove-object': 'BlockRemove',
  all: 'BlockChange',
};

/** The block type of a command set's name; undefined for an unknown one. */
export function blockTypeOf(commandSet: string): BlockType | undefined {
  return commandSets[commandSet];
}

export function commandSetOf(type: string): string {
  return Object.keys(commandSets).find((name) => commandSets[name] === type) ?? type;
}
