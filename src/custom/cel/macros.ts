/** The calls whose arguments are expressions: what is known, what there is, and going through lists. */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Names, Run } from './run.js';
import { Misfit, TooCostly, Unseen } from './trouble.js';
import { asBoolean, Collected, entryOf, isGroup, isView, itemsOf, valueFrom } from './value.js';

interface Place {
  readonly names: Names;
  readonly run: Run;
  readonly valueOf: (node: ASTNode, names: Names, run: Run) => unknown;
}

type Macro = (receiver: ASTNode | undefined, args: readonly ASTNode[], place: Place) => unknown;

export const macros: Readonly<Partial<Record<string, Macro>>> = Object.assign(
  Object.create(null) as Record<string, Macro>,
  {
    known: (_receiver, [node], place) => isSeen(node, place),
    has: (_receiver, [node], place) => hasKey(node, place),
    all: (receiver, args, place) => quantified(receiver, args, place, false),
    exists: (receiver, args, place) => quantified(receiver, args, place, true),
    exists_one: (receiver, args, place) =>
      eachOf(receiver, args, place).filter(({ at }) => asBoolean(at(1))).length === 1,
    filter: (receiver, args, place) =>
      eachOf(receiver, args, place)
        .filter(({ at }) => asBoolean(at(1)))
        .map(({ item }) => item),
    map: (receiver, args, place) =>
      eachOf(receiver, args, place)
        .filter(({ at }) => args.length < 3 || asBoolean(at(1)))
        .map(({ at }) => at(args.length - 1)),
  } satisfies Record<string, Macro>,
);

function isSeen(node: ASTNode | undefined, { names, run, valueOf }: Place): boolean {
  try {
    valueOf(given(node), names, run);
    return true;
  } catch (error) {
    if (error instanceof Unseen) return false;
    throw error;
  }
}

/** Whether a key is there; where its group was not seen, that is unknown. */
function hasKey(node: ASTNode | undefined, { names, run, valueOf }: Place): boolean {
  if (node?.op !== '.') throw new Misfit('has() asks for a key, as in has(app.charm.track)');
  const [owner, key] = node.args;
  const group = valueOf(owner, names, run);
  if (isView(group) || group instanceof Collected) {
    valueOf(node, names, run);
    return true;
  }
  return isGroup(group) && entryOf(group, key) !== undefined;
}

interface Turn {
  readonly item: unknown;
  /** The value of an argument for this item. */
  readonly at: (argument: number) => unknown;
}

function eachOf(
  receiver: ASTNode | undefined,
  args: readonly ASTNode[],
  { names, run, valueOf }: Place,
): readonly Turn[] {
  const [variable] = args;
  const name = variable?.op === 'id' ? variable.args : '';
  const items = itemsOf(valueOf(given(receiver), names, run));
  run.meter.spend(items.length);
  return items.map((raw) => {
    const item = valueFrom(raw);
    const inner = new Map(names).set(name, item);
    return { item, at: (argument) => valueOf(given(args[argument]), inner, run) };
  });
}

/** Steps: an error is dearer than a value. */
const troubleCosts = 20;

/** One item that settles it is enough, even where others could not be seen. */
function quantified(
  receiver: ASTNode | undefined,
  args: readonly ASTNode[],
  place: Place,
  settles: boolean,
): boolean {
  let trouble: unknown;
  for (const { at } of eachOf(receiver, args, place)) {
    try {
      if (asBoolean(at(1)) === settles) return settles;
    } catch (error) {
      if (error instanceof TooCostly) throw error;
      place.run.meter.spend(troubleCosts);
      trouble ??= error;
    }
  }
  if (trouble !== undefined) throw trouble as Error;
  return !settles;
}

function given(node: ASTNode | undefined): ASTNode {
  if (node === undefined) throw new Misfit('an argument is missing');
  return node;
}
