/**
 * What a place in the code may be changed into, as source text. Left out are changes that another one of the same place covers:
 * a comparison that is a whole condition is set to true and to false, so its opposite would tell nothing more.
 */
import ts from 'typescript';

const K = ts.SyntaxKind;

const comparisons: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [K.LessThanToken]: '<=',
  [K.LessThanEqualsToken]: '<',
  [K.GreaterThanToken]: '>=',
  [K.GreaterThanEqualsToken]: '>',
};
const opposites: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [K.EqualsEqualsEqualsToken]: '!==',
  [K.ExclamationEqualsEqualsToken]: '===',
};
const arithmetic: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [K.PlusToken]: '-',
  [K.MinusToken]: '+',
  [K.AsteriskToken]: '/',
  [K.SlashToken]: '*',
  [K.PercentToken]: '*',
  [K.PlusEqualsToken]: '-=',
  [K.MinusEqualsToken]: '+=',
};
const otherMethod: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['min', 'max'],
  ['max', 'min'],
  ['floor', 'ceil'],
  ['ceil', 'floor'],
]);
/** Without these a list or text stays as it is. */
const droppedMethods = new Set(
  'filter slice trim toLowerCase toUpperCase sort toSorted reverse toReversed'.split(' '),
);

/** What stands in the place of `node` in each of its mutants; the empty text where a statement is left out. */
export function changesOf(node: ts.Node): readonly string[] {
  return [...conditionChanges(node), ...expressionChanges(node)];
}

function expressionChanges(node: ts.Node): readonly string[] {
  if (ts.isBinaryExpression(node)) return binaryChanges(node);
  if (ts.isCallExpression(node)) return callChanges(node);
  if (ts.isExpressionStatement(node)) return ts.isStringLiteral(node.expression) ? [] : [''];
  if (ts.isPrefixUnaryExpression(node)) return negationChanges(node);
  if (ts.isArrayLiteralExpression(node)) return isFilled(node) ? ['[]'] : [];
  return literalChanges(node);
}

function conditionChanges(node: ts.Node): readonly string[] {
  const { parent } = node;
  if (ts.isIfStatement(parent) && parent.expression === node) return ['true', 'false'];
  if (ts.isConditionalExpression(parent) && parent.condition === node) return ['true', 'false'];
  // A loop that goes on for ever tells nothing.
  if (ts.isWhileStatement(parent) && parent.expression === node) return ['false'];
  if (ts.isForStatement(parent) && parent.condition === node) return ['false'];
  return [];
}

function binaryChanges(node: ts.BinaryExpression): readonly string[] {
  const { left, right, operatorToken } = node;
  const { kind } = operatorToken;
  if (isLogical(kind)) {
    const isChain = ts.isBinaryExpression(left) && left.operatorToken.kind === kind;
    return isChain ? [left.getText()] : [left.getText(), right.getText()];
  }
  if (kind === K.QuestionQuestionToken) return [left.getText()];
  if (isText(left) || isText(right)) return opposite(node);
  const other = comparisons[kind] ?? arithmetic[kind];
  return other === undefined ? opposite(node) : [`${left.getText()} ${other} ${right.getText()}`];
}

function opposite(node: ts.BinaryExpression): readonly string[] {
  const other = opposites[node.operatorToken.kind];
  return other === undefined || isJudged(node)
    ? []
    : [`${node.left.getText()} ${other} ${node.right.getText()}`];
}

function callChanges({ expression, arguments: given, flags }: ts.CallExpression): readonly string[] {
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const object = expression.expression.getText();
  const method = expression.name.text;
  if (droppedMethods.has(method)) return (flags & ts.NodeFlags.OptionalChain) === 0 ? [object] : [];
  const other = otherMethod.get(method);
  if (other === undefined || expression.questionDotToken !== undefined) return [];
  return [`${object}.${other}(${given.map((one) => one.getText()).join(', ')})`];
}

function negationChanges(node: ts.PrefixUnaryExpression): readonly string[] {
  return node.operator === K.ExclamationToken && !isJudged(node) ? [node.operand.getText()] : [];
}

function literalChanges(node: ts.Node): readonly string[] {
  if (node.kind === K.TrueKeyword) return ['false'];
  if (node.kind === K.FalseKeyword) return ['true'];
  if (ts.isNumericLiteral(node)) return [otherNumber(Number(node.text.replaceAll('_', '')))];
  if (ts.isStringLiteral(node)) return isWord(node) ? [`'${node.text.replaceAll("'", '')}~'`] : [];
  return ts.isRegularExpressionLiteral(node) ? unanchored(node.text) : [];
}

/** A count is off by one; a measure, such as milliseconds of a second, by more. */
function otherNumber(number: number): string {
  return String(number < 100 ? number + 1 : number * 10);
}

/** Texts for people change without harm: only single words are names, kinds, and codes. */
function isWord({ text }: ts.StringLiteral): boolean {
  return /^[\w.:/@-]+$/.test(text);
}

function unanchored(regex: string): readonly string[] {
  const begin = regex.startsWith('/^') ? [`/${regex.slice(2)}`] : [];
  const end = /(?<!\\)\$\/[a-z]*$/.test(regex) ? [regex.replace(/\$(\/[a-z]*)$/, '$1')] : [];
  return [...begin, ...end];
}

/** Whether the place is a condition, or a part of a logical expression: those are changed as a whole. */
function isJudged(node: ts.Node): boolean {
  const { parent } = node;
  return (
    conditionChanges(node).length > 0 ||
    (ts.isBinaryExpression(parent) && isLogical(parent.operatorToken.kind)) ||
    (ts.isParenthesizedExpression(parent) && isJudged(parent))
  );
}

function isLogical(kind: ts.SyntaxKind): boolean {
  return kind === K.AmpersandAmpersandToken || kind === K.BarBarToken;
}

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function isFilled({ elements, parent }: ts.ArrayLiteralExpression): boolean {
  const isTarget = ts.isBinaryExpression(parent) && parent.operatorToken.kind === K.EqualsToken;
  return elements.length > 0 && !isTarget && !ts.isForOfStatement(parent);
}
