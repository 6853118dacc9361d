/** A file with all of its mutants in it, of which a number chooses one while it runs: it is read and loaded once. */
import ts from 'typescript';
import { changesOf } from './changes.js';
import { isData } from './data.js';

export interface Mutant {
  readonly id: number;
  /** From the root of the checkout. */
  readonly file: string;
  readonly line: number;
  /** The line it begins on, without blanks around it. */
  readonly source: string;
  readonly was: string;
  readonly became: string;
}

interface Change {
  readonly became: string;
  readonly id: number;
}

/** The mutants of a file, numbered from `first`. */
export function mutantsOf(file: string, text: string, first: number): readonly Mutant[] {
  const source = parsed(file, text);
  const found: Mutant[] = [];
  visit(source, (node) => {
    const at = node.getStart();
    const { line } = source.getLineAndCharacterOfPosition(at);
    for (const became of changesOf(node)) {
      const id = first + found.length;
      const was = node.getText();
      found.push({ id, file, line: line + 1, source: lineAt(text, at), was, became });
    }
  });
  return found;
}

/** The file with the mutants from `first` on that `isChosen` takes. */
export function instrumented(
  file: string,
  text: string,
  first: number,
  isChosen: (id: number) => boolean,
): string {
  const source = parsed(file, text);
  const changes = new Map<ts.Node, Change[]>();
  let id = first;
  visit(source, (node) => {
    const all = changesOf(node).map((became) => ({ became, id: id++ }));
    const chosen = all.filter((one) => isChosen(one.id));
    if (chosen.length > 0) changes.set(node, chosen);
  });
  return `const __m = globalThis.__mutation;${emit(source, text, changes)}`;
}

function parsed(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2024, true);
}

/** Each place that is code: no types, no names of modules or properties, no data. */
function visit(node: ts.Node, told: (node: ts.Node) => void): void {
  for (const child of childrenOf(node)) {
    if (isNoCode(child)) continue;
    if (!isName(child)) told(child);
    visit(child, told);
  }
}

function isNoCode(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    isData(node)
  );
}

function isName(node: ts.Node): boolean {
  const { parent } = node;
  return 'name' in parent && parent.name === node;
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  node.forEachChild((child) => {
    children.push(child);
  });
  return children.sort((a, b) => a.pos - b.pos);
}

type Changes = ReadonlyMap<ts.Node, readonly Change[]>;

function emit(node: ts.Node, text: string, changes: Changes): string {
  const plain = isNoCode(node) ? node.getText() : pieces(node, text, changes);
  const own = changes.get(node) ?? [];
  if (ts.isExpressionStatement(node))
    return own.reduce((inner, { id }) => `{if(!__m.is(${id})){${inner}}}`, plain);
  return own.reduce((inner, { id, became }) => `(__m.is(${id})?(${became}):(${inner}))`, plain);
}

function pieces(node: ts.Node, text: string, changes: Changes): string {
  let out = '';
  let at = ts.isSourceFile(node) ? 0 : node.getStart();
  for (const child of childrenOf(node)) {
    const inner = emit(child, text, changes);
    out += text.slice(at, child.getStart()) + (isBodyOfLoop(child) ? `{__m.tick();${inner}}` : inner);
    at = child.end;
  }
  return out + text.slice(at, node.end);
}

function isBodyOfLoop(node: ts.Node): boolean {
  return ts.isIterationStatement(node.parent, false) && node.parent.statement === node;
}

function lineAt(text: string, at: number): string {
  const begin = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(begin, end === -1 ? undefined : end).trim();
}
