/**
 * What an expression of the configuration refers to. A plan leaves out what is known only later, so that the model of
 * a new application is found by the name of the resource that its configuration refers to.
 */
import { branch, branches, isBranch, text, texts, type Branch } from '../json.js';
import type { Resource } from './resources.js';

/** How many modules and variables are followed before giving up. */
const deepest = 20;
const index = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g;

export class References {
  readonly #root: Branch;
  readonly #resources: readonly Resource[];

  constructor(root: Branch, resources: readonly Resource[]) {
    this.#root = branch(branch(root['configuration'])['root_module']);
    this.#resources = resources;
  }

  /** The resource that an attribute of a resource refers to, where it is the only one that it can be. */
  of(resource: Resource, attribute: string): Resource | undefined {
    return this.to(this.expressions(resource)[attribute], resource);
  }

  /** The expressions of a resource's configuration. */
  expressions({ address, module }: Resource): Branch {
    const name = withoutIndex(address.slice(module === '' ? 0 : module.length + 1));
    const config = this.#module(pathOf(module));
    const found = branches(config['resources']).find((raw) => raw['address'] === name);
    return branch(branch(found)['expressions']);
  }

  /** What an expression that stands in the module of `near` refers to. */
  to(expression: unknown, near: Resource): Resource | undefined {
    const target = this.#follow(expression, pathOf(near.module), 0);
    if (target === undefined) return undefined;
    const fits = this.#resources.filter(({ address }) => withoutIndex(address) === target);
    const [only, second] = fits;
    if (second === undefined) return only;
    const siblings = fits.filter(({ module }) => module === near.module);
    return siblings.length === 1 ? siblings[0] : undefined;
  }

  #module(path: readonly string[]): Branch {
    let module = this.#root;
    for (const name of path) module = branch(branch(branch(module['module_calls'])[name])['module']);
    return module;
  }

  /** The address without indexes; undefined where it leads nowhere. */
  #follow(expression: unknown, path: readonly string[], depth: number): string | undefined {
    if (depth > deepest || !isBranch(expression)) return undefined;
    for (const reference of texts(expression['references'])) {
      const found = this.#followOne(withoutIndex(reference), path, depth);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #followOne(reference: string, path: readonly string[], depth: number): string | undefined {
    const parts = reference.split('.');
    const [first = '', second = '', third = ''] = parts;
    if (first === 'var') return this.#argument(second, path, depth);
    if (first === 'module') return this.#output(second, third, path, depth);
    const prefix = path.map((name) => `module.${name}.`).join('');
    if (first === 'data') return ours(second) ? `${prefix}data.${second}.${third}` : undefined;
    return ours(first) ? `${prefix}${first}.${second}` : undefined;
  }

  /** What the module's caller gives for a variable. */
  #argument(name: string, path: readonly string[], depth: number): string | undefined {
    const caller = path.slice(0, -1);
    const call = branch(this.#module(caller)['module_calls'])[path.at(-1) ?? ''];
    return this.#follow(branch(branch(call)['expressions'])[name], caller, depth + 1);
  }

  #output(module: string, output: string, path: readonly string[], depth: number): string | undefined {
    const inner = [...path, module];
    const found = branch(branch(this.#module(inner)['outputs'])[output]);
    return this.#follow(found['expression'], inner, depth + 1);
  }
}

function ours(type: string): boolean {
  return type.startsWith('juju_');
}

/** `module.a["x"].module.b` as `a`, `b`. */
function pathOf(module: string): readonly string[] {
  return withoutIndex(module)
    .split('.')
    .filter((_, position) => position % 2 === 1);
}

export function withoutIndex(address: string): string {
  return address.replace(index, '');
}

/** A text that the configuration itself gives. */
export function constantText(expression: unknown): string | undefined {
  return text(branch(expression)['constant_value']);
}
