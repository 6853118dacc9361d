/** The guide of the custom controls: judged, told and waived like any other. */
import { z } from 'zod';
import { defineControl, defineGuide, type Control, type Guide } from '../core/control.js';
import type { CustomCheck, CustomControl } from '../core/custom/document.js';
import type { EvidenceKind } from '../core/outcome.js';
import { compile, type Expression } from './cel/compile.js';
import { evaluation, type Check } from './judge.js';
import { compileTemplate } from './template.js';

interface Built {
  /** Absent where there are no custom controls. */
  readonly guide?: Guide;
  readonly mistakes: readonly string[];
}

/** The guide of these controls beside the guides that are there, or all that is wrong with them. */
export function customGuide(documents: readonly CustomControl[], beside: readonly Guide[]): Built {
  const mistakes = clashes(documents, beside);
  const controls = documents.map((document) => customControl(document, mistakes));
  if (mistakes.length > 0 || controls.length === 0) return { mistakes };
  return { guide: defineGuide({ ...about, controls }), mistakes };
}

const about = {
  id: 'custom',
  title: 'Controls of your own',
  product: 'custom',
  version: '1',
  // Reports link every guide; what these have in common is their language.
  url: 'https://github.com/google/cel-spec/blob/master/doc/langdef.md',
} as const;

/** Ids that are there already, or that look as if they were of a guide that is there. */
function clashes(documents: readonly CustomControl[], beside: readonly Guide[]): string[] {
  const prefixes = new Map(
    beside.flatMap((guide) => guide.controls.map(({ id }) => [prefixOf(id), guide.id] as const)),
  );
  const files = new Map<string, string>();
  return documents.flatMap(({ id, file }) => {
    const first = files.get(id);
    const owner = prefixes.get(prefixOf(id));
    files.set(id, first ?? file);
    if (first !== undefined) return [`${file}: id: ${id} is taken by ${first}`];
    if (owner === undefined) return [];
    return [`${file}: id: ${prefixOf(id)}- belongs to the guide ${owner}: choose a prefix of your own`];
  });
}

function prefixOf(id: string): string {
  return id.split('-', 1).join('');
}

function customControl(document: CustomControl, mistakes: string[]): Control {
  const checks = document.checks.map((check) => compiledCheck(check, document, mistakes));
  const evaluate = evaluation(
    document,
    checks.filter((check) => check !== undefined),
  );
  const { id, title, severity, scope, rationale, references, manual } = document;
  const said = { id, title, severity, scope, rationale, references, manual };
  return {
    ...defineControl({
      ...said,
      ...plain,
      evidence: evidenceOf(document),
      reasons: reasonsOf(document),
      evaluate: unasked,
    }),
    evaluate,
  };
}

const plain = {
  section: 'Custom',
  params: z.strictObject({}),
  remediation: 'manual',
  fixableBy: 'operator',
  hazards: [],
} as const;

/** Stands in until the real one, which takes any view, is laid over it. */
function unasked(): never {
  throw new Error('a custom control was asked before it was made');
}

function compiledCheck(
  { when, pass, reason, message }: CustomCheck,
  { scope }: CustomControl,
  mistakes: string[],
): Check | undefined {
  const sound = (compiled: ReturnType<typeof compile>): Expression | undefined => {
    if ('ast' in compiled) return compiled;
    mistakes.push(...compiled.mistakes);
    return undefined;
  };
  const condition = when && sound(compile(when, scope, 'bool'));
  const wanted = sound(compile(pass, scope, 'bool'));
  const told = compileTemplate(message, scope);
  mistakes.push(...told.mistakes);
  if (wanted === undefined) return undefined;
  const check = { pass: wanted, reason, message: told.template };
  return condition === undefined ? check : { ...check, when: condition };
}

function reasonsOf({ checks }: CustomControl): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...checks.map(({ reason, message }) => [reason, message.text] as const),
    ['ExpressionMisfit', 'An expression of the control does not fit what was seen: ask with has() first.'],
    ['ExpressionTooCostly', 'The expressions of the control take too many steps on this target.'],
  ]);
}

/** By the facts that its expressions name; status is always among it. */
function evidenceOf({ checks }: CustomControl): readonly EvidenceKind[] {
  const text = checks.map(({ when, pass }) => `${when?.text ?? ''} ${pass.text}`).join(' ');
  const kinds: EvidenceKind[] = ['S'];
  if (/\b(config|users|blocks|secrets|sshKeys|credential|clouds|trust)\b/.test(text)) kinds.push('J');
  if (/\bworkload\b/.test(text)) kinds.push('W');
  if (/\bprobes\b/.test(text)) kinds.push('P');
  return kinds;
}
