/**
 * Runs parsed expressions. The library parses and checks them; running is ours, for three reasons: every step is
 * counted, every read of a fact goes through the view, and a fact that was not read ends as unknown.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Fact } from '../../core/fact.js';
import type { JudgedTime } from '../../core/time.js';
import { callFunction, callMethod } from './calls.js';
import { collectedIn, fieldOf } from './fields.js';
import { macros } from './macros.js';
import type { Meter } from './meter.js';
import { binary, negative } from './operators.js';
import { Misfit, TooCostly } from './trouble.js';
import {
  asBoolean,
  asText,
  Collected,
  entryOf,
  isGroup,
  isView,
  itemsOf,
  kindOf,
  valueFrom,
} from './value.js';

/** What one judgement shares among its expressions. */
export interface Run {
  readonly meter: Meter;
  readonly time: JudgedTime;
  /** The facts that were read, each with its name. */
  readonly facts: Map<Fact<unknown>, string>;
}

export type Names = ReadonlyMap<string, unknown>;

/** The value of an expression. @throws Unseen, Misfit, TooCostly */
export function valueOf(node: ASTNode, names: Names, run: Run): unknown {
  run.meter.spend(1);
  switch (node.op) {
    case 'value':
      return node.args;
    case 'id':
      return named(node.args, names);
    case '.':
      return selected(valueOf(node.args[0], names, run), node.args[1], run);
    case '[]':
      return indexed(valueOf(node.args[0], names, run), valueOf(node.args[1], names, run), run);
    case 'list':
      return node.args.map((item) => valueOf(item, names, run));
    case 'map':
      return groupFrom(node.args, names, run);
    default:
      return decided(node, names, run);
  }
}

function decided(node: ASTNode, names: Names, run: Run): unknown {
  switch (node.op) {
    case '?:': {
      const [condition, yes, no] = node.args;
      return valueOf(asBoolean(valueOf(condition, names, run)) ? yes : no, names, run);
    }
    case '&&':
      return either(node.args, false, (part) => valueOf(part, names, run));
    case '||':
      return either(node.args, true, (part) => valueOf(part, names, run));
    case '!_':
      return !asBoolean(valueOf(node.args, names, run));
    case '-_':
      return negative(valueOf(node.args, names, run));
    default:
      return computed(node, names, run);
  }
}

function computed(node: ASTNode, names: Names, run: Run): unknown {
  if (node.op === 'call') {
    const [name, args] = node.args;
    const macro = macros[name];
    if (macro !== undefined) return macro(undefined, args, { names, run, valueOf });
    return callFunction(name, valuesOf(args, names, run), run);
  }
  if (node.op === 'rcall') {
    const [name, receiver, args] = node.args;
    const macro = macros[name];
    if (macro !== undefined) return macro(receiver, args, { names, run, valueOf });
    return callMethod(name, [valueOf(receiver, names, run), ...valuesOf(args, names, run)], run);
  }
  const [left, right] = node.args as [ASTNode, ASTNode];
  return binary(node.op, valueOf(left, names, run), valueOf(right, names, run), run.meter);
}

function valuesOf(nodes: readonly ASTNode[], names: Names, run: Run): unknown[] {
  return nodes.map((node) => valueOf(node, names, run));
}

function named(name: string, names: Names): unknown {
  if (names.has(name)) return names.get(name);
  throw new Misfit(`there is no ${name} here`);
}

/** One part that settles it is enough, even where another could not be seen. */
function either(parts: readonly ASTNode[], settles: boolean, of: (part: ASTNode) => unknown): boolean {
  let trouble: unknown;
  for (const part of parts) {
    try {
      if (asBoolean(of(part)) === settles) return settles;
    } catch (error) {
      if (error instanceof TooCostly) throw error;
      trouble ??= error;
    }
  }
  if (trouble !== undefined) throw trouble as Error;
  return !settles;
}

/** @throws Misfit where there is no such key: `has()` asks for it. */
function selected(value: unknown, key: string, run: Run): unknown {
  const told = (fact: Fact<unknown>, name: string): void => void run.facts.set(fact, name);
  if (isView(value)) return fieldOf(value, key, told);
  if (value instanceof Collected) return collectedIn(value, key, told);
  if (!isGroup(value)) throw new Misfit(`.${key} needs a group of keys, not ${kindOf(value)}`);
  const entry = entryOf(value, key);
  if (entry === undefined) throw new Misfit(`there is no key ${key}; has() asks whether there is`);
  return entry;
}

function indexed(value: unknown, key: unknown, run: Run): unknown {
  if (!Array.isArray(value)) return selected(value, asText(key), run);
  const item: unknown = typeof key === 'bigint' ? itemsOf(value)[Number(key)] : undefined;
  if (item === undefined) throw new Misfit('there is no such item in the list');
  return valueFrom(item);
}

function groupFrom(entries: readonly (readonly [ASTNode, ASTNode])[], names: Names, run: Run): unknown {
  const group = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) group[asText(valueOf(key, names, run))] = valueOf(value, names, run);
  return group;
}
