/** Messages: text with `${expression}` parts. */
import type { ScopeName } from '../core/control.js';
import type { Placed } from '../core/custom/document.js';
import { clean } from '../core/text.js';
import { textOf } from './cel/calls.js';
import { compile, type Expression } from './cel/compile.js';
import { valueOf, type Names, type Run } from './cel/run.js';
import { Misfit, TooCostly, Unseen } from './cel/trouble.js';

export type Template = readonly (string | Expression)[];

/** Longest value of a part, in characters. */
const longest = 200;

/** The parts of a message, or all that is wrong with them. */
export function compileTemplate(
  message: Placed,
  scope: ScopeName,
): { readonly template: Template; readonly mistakes: readonly string[] } {
  const mistakes: string[] = [];
  const template = message.text.split(/(\$\{[^}]*\})/).flatMap((part): Template => {
    if (!part.startsWith('${')) return part === '' ? [] : [part];
    const compiled = compile({ ...message, text: part.slice(2, part.endsWith('}') ? -1 : undefined) }, scope);
    if ('ast' in compiled) return [compiled];
    mistakes.push(...compiled.mistakes);
    return [];
  });
  return { template, mistakes };
}

/** The message for a target. What it quotes of models cannot move the cursor or hide text. */
export function messageFrom(template: Template, names: Names, run: Run): string {
  return template.map((part) => (typeof part === 'string' ? part : partText(part, names, run))).join('');
}

function partText({ ast }: Expression, names: Names, run: Run): string {
  try {
    const text = clean(textOf(valueOf(ast, names, run)));
    return text.length > longest ? `${text.slice(0, longest)}…` : text;
  } catch (error) {
    if (error instanceof Unseen) return '(not seen)';
    if (error instanceof TooCostly) return '(too costly)';
    if (error instanceof Misfit) return '(no single value)';
    throw error;
  }
}
