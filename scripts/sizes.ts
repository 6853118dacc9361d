/** `make sizes`: lines of files and functions, and which folder imports which. Tests are left out. */
import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const files = globSync('src/**/*.ts').filter((file) => !file.endsWith('.spec.ts'));
const functions: number[] = [];
const lines: number[] = [];
const arrows = new Map<string, number>();

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  lines.push(text.trimEnd().split('\n').length);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  visit(source, source);
  for (const { fileName } of ts.preProcessFile(text).importedFiles) countArrow(file, fileName);
}

/** Functions and methods with a body; arrow functions within others count with those. */
function visit(node: ts.Node, source: ts.SourceFile): void {
  if ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.body !== undefined) {
    const from = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
    functions.push(source.getLineAndCharacterOfPosition(node.end).line - from + 1);
  }
  ts.forEachChild(node, (child) => {
    visit(child, source);
  });
}

function countArrow(file: string, to: string): void {
  if (!to.startsWith('.')) return;
  const target = new URL(to, new URL(file, 'file:///')).pathname.slice(1);
  const [from, into] = [folderOf(file), folderOf(target)];
  if (from === into) return;
  const arrow = `${from} -> ${into}`;
  arrows.set(arrow, (arrows.get(arrow) ?? 0) + 1);
}

function folderOf(file: string): string {
  const [, folder = '', rest] = file.split('/');
  return rest === undefined ? 'main' : folder;
}

function figures(what: string, values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
  return `${what.padEnd(10)} ${String(sorted.length).padStart(5)}  median ${at(0.5)}  p95 ${at(0.95)}  max ${at(1)} lines`;
}

console.log(figures('files', lines));
console.log(figures('functions', functions));
for (const [arrow, count] of [...arrows].sort()) console.log(`${arrow.padEnd(28)} ${count}`);
