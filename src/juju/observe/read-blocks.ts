import { known, type Known, type Reading } from '../../core/fact.js';
import type { Block } from '../../core/snapshot.js';
import { defined, text, textOr } from '../status/json.js';
import { entriesOf } from './answer.js';

/** Juju's block types by the names that `juju disable-command` gives them. */
const commandSets: Readonly<Record<string, string>> = {
  BlockDestroy: 'destroy-model',
  BlockRemove: 'remove-object',
  BlockChange: 'all',
};

/** A `Block.List` answer. */
export function readBlocks(reading: Reading, answer: unknown): Known<readonly Block[]> {
  const blocks: Block[] = [];
  for (const entry of entriesOf(reading, answer)) {
    if (!('result' in entry)) continue;
    const type = text(entry.result['type']);
    const commandSet = commandSets[type] ?? type;
    blocks.push(defined<Block>({ commandSet, message: textOr(entry.result['message']) }));
  }
  return known(
    reading,
    blocks.sort((a, b) => (a.commandSet < b.commandSet ? -1 : 1)),
  );
}
