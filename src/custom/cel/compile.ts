/** Parses and checks expressions once, when they are loaded. */
import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import type { ScopeName } from '../../core/control.js';
import type { Placed } from '../../core/custom/document.js';
import { functionNames, methodNames, signatures } from './calls.js';
import { fieldNames, variables } from './fields.js';

/** Longest expression, in characters. */
const longest = 2000;
const limits = {
  maxAstNodes: 400,
  maxDepth: 40,
  maxListElements: 100,
  maxMapEntries: 50,
  maxCallArguments: 4,
};

export interface Expression {
  readonly source: string;
  readonly ast: ASTNode;
}

/** An expression, or all that is wrong with it: one sentence each, with file, path and line. */
export type Compiled = Expression | { readonly mistakes: readonly string[] };

/** Compiles an expression of a control; `wanted` is the kind of its value, absent: any. */
export function compile(placed: Placed, scope: ScopeName, wanted?: 'bool'): Compiled {
  if (placed.text.length > longest)
    return mistake(placed, 0, `is longer than ${longest} characters: write several checks`);
  try {
    return checked(placed, scope, wanted);
  } catch (error) {
    return mistake(placed, rangeOf(error), sentence(error));
  }
}

function checked(placed: Placed, scope: ScopeName, wanted: 'bool' | undefined): Compiled {
  const { text } = placed;
  const { ast } = environments[scope].parse(text);
  const unknown = [...strangers(ast, variables[scope], placed)];
  if (unknown.length > 0) return { mistakes: unknown };
  const { valid, type = 'dyn', error } = environments[scope].check(text);
  if (!valid) return mistake(placed, rangeOf(error), sentence(error));
  if (wanted === undefined || type === wanted || type === 'dyn') return { source: text, ast };
  return mistake(placed, 0, `should be true or false, not ${type}`);
}

const environments: Readonly<Record<ScopeName, Environment>> = {
  application: environmentOf('application'),
  model: environmentOf('model'),
  controller: environmentOf('controller'),
};

function environmentOf(scope: ScopeName): Environment {
  const environment = new Environment({ homogeneousAggregateLiterals: false, limits });
  for (const name of Object.keys(variables[scope])) environment.registerVariable(name, 'dyn');
  for (const signature of signatures) environment.registerFunction(signature, () => false);
  return environment;
}

function rangeOf(error: unknown): number {
  return (error as { readonly range?: { readonly start?: number } } | undefined)?.range?.start ?? 0;
}

function sentence(error: unknown): string {
  const { summary, message } = error as { readonly summary?: string; readonly message?: string };
  return summary ?? message ?? String(error);
}

function mistake(placed: Placed, offset: number, what: string): { readonly mistakes: readonly string[] } {
  return { mistakes: [at(placed, offset, what)] };
}

function at({ file, line, path, text }: Placed, offset: number, what: string): string {
  const before = text.slice(0, offset);
  const lines = before.split('\n');
  const column = (lines.at(-1) ?? '').length + 1;
  return `${file}:${line + lines.length - 1}: ${path}, character ${column}: ${what}`;
}

/** Calls and fields that there are none of. The library knows more calls than are run here. */
function* strangers(
  node: ASTNode,
  roots: Readonly<Record<string, ScopeName>>,
  placed: Placed,
): Iterable<string> {
  const known = node.op === 'call' ? functionNames : node.op === 'rcall' ? methodNames : undefined;
  if (known !== undefined) {
    const name = String((node.args as readonly unknown[])[0]);
    if (!known.includes(name))
      yield at(placed, node.start, `${name}() is not known here: there is ${known.join(', ')}`);
  }
  yield* strangeField(node, roots, placed);
  for (const child of childrenOf(node.args)) yield* strangers(child, roots, placed);
}

function* strangeField(
  node: ASTNode,
  roots: Readonly<Record<string, ScopeName>>,
  placed: Placed,
): Iterable<string> {
  if (node.op !== '.') return;
  const [owner, field] = node.args;
  const scope = owner.op === 'id' && Object.hasOwn(roots, owner.args) ? roots[owner.args] : undefined;
  if (scope === undefined || fieldNames[scope].includes(field)) return;
  yield at(placed, node.start, `${scope} has no ${field}: there is ${fieldNames[scope].join(', ')}`);
}

function* childrenOf(args: unknown): Iterable<ASTNode> {
  if (Array.isArray(args)) for (const arg of args) yield* childrenOf(arg);
  else if (typeof args === 'object' && args !== null && 'op' in args) yield args as ASTNode;
}
