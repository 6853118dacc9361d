/**
 * What is told of a control and decides nothing. The pages of the controls are generated from it, and a contract test holds
 * them against it to the letter: a score that counted it would say little about decisions.
 */
import ts from 'typescript';

const told = new Set(
  'title severity section rationale references evidence remediation fixableBy manual hazards reasons product version url publications'.split(
    ' ',
  ),
);

/** One of those properties, of an object that has a title, or two others of them, as what several controls share. */
export function isData(node: ts.Node): boolean {
  if (ts.isVariableDeclaration(node)) return /^(?:section|references|hazards)$/.test(node.name.getText());
  if (!ts.isPropertyAssignment(node) || !told.has(node.name.getText())) return false;
  const names = node.parent.properties.map((one) => one.name?.getText() ?? '');
  return names.includes('title') || names.filter((name) => told.has(name)).length > 2;
}

/** Files of nothing else: handbooks, and the addresses and headings of documents. */
export function isDataFile(file: string): boolean {
  return /^src\/guides\/.*(?:\bhandbook\b|\/(?:\w+-)?documents\.ts$|\/publications\.ts$)/.test(file);
}
