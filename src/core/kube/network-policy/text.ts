/** NetworkPolicies as text to be read by a person and applied by kubectl: each rule says why it is there. */
import type { EgressRule, IngressRule, NetworkPolicySpec } from '../network.js';

/** A rule with the reason for it, one line. */
export interface ReasonedRule<R> {
  readonly why: string;
  readonly rule: R;
}

/** A policy that is yet to be applied. */
export interface ProposedPolicy {
  readonly name: string;
  readonly namespace: string;
  /** What it is for and where that is known from, one line. */
  readonly about: string;
  readonly podSelector: NetworkPolicySpec['podSelector'];
  readonly ingress: readonly ReasonedRule<IngressRule>[];
  /** Absent: what leaves the pods is not limited. */
  readonly egress?: readonly ReasonedRule<EgressRule>[];
}

/** The policy without its reasons, as the API server takes it. */
export function specOf({ podSelector, ingress, egress }: ProposedPolicy): NetworkPolicySpec {
  const incoming = { podSelector, ingress: ingress.map(({ rule }) => rule) };
  if (egress === undefined) return { ...incoming, policyTypes: ['Ingress'] };
  return { ...incoming, policyTypes: ['Ingress', 'Egress'], egress: egress.map(({ rule }) => rule) };
}

/** One YAML document. Names are quoted whatever they hold; reasons are comments of one line each. */
export function policyText(policy: ProposedPolicy): string {
  const { name, namespace, about, podSelector, ingress, egress } = policy;
  const { policyTypes } = specOf(policy);
  return [
    '---',
    commentText(about),
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    ...yaml('metadata', { name, namespace, labels: { 'app.kubernetes.io/managed-by': 'holdfast' } }, ''),
    'spec:',
    ...yaml('podSelector', podSelector, '  '),
    ...yaml('policyTypes', policyTypes, '  '),
    ...rules('ingress', ingress),
    ...(egress === undefined ? [] : rules('egress', egress)),
    '',
  ].join('\n');
}

/** A comment of one line: what would end it, or hide something, is taken out. */
export function commentText(words: string): string {
  const plain = words.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  return `# ${plain.trim()}`;
}

function rules(key: string, all: readonly ReasonedRule<object>[]): readonly string[] {
  if (all.length === 0) return [`  ${key}: []`];
  return [`  ${key}:`, ...all.flatMap(({ why, rule }) => [`    ${commentText(why)}`, ...item(rule, '    ')])];
}

/** `key:` with its value below it, or beside it where that is short. */
function yaml(key: string, value: unknown, indent: string): readonly string[] {
  const head = `${indent}${keyText(key)}:`;
  if (Array.isArray(value)) {
    if (value.length === 0) return [`${head} []`];
    return [head, ...(value as readonly unknown[]).flatMap((one) => item(one, `${indent}  `))];
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return [`${head} {}`];
    return [head, ...entries.flatMap(([name, one]) => yaml(name, one, `${indent}  `))];
  }
  return [`${head} ${scalar(value)}`];
}

/** An item of a list: the first line of what it holds stands behind its hyphen. */
function item(value: unknown, indent: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}- ${scalar(value)}`];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${indent}- {}`];
  if (entries.every(([, one]) => typeof one !== 'object'))
    return [`${indent}- { ${entries.map(([name, one]) => `${keyText(name)}: ${scalar(one)}`).join(', ')} }`];
  const lines = entries.flatMap(([name, one]) => yaml(name, one, `${indent}  `));
  const [first = '', ...rest] = lines;
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
}

/** The keys of the API are plain words; those of labels are quoted. */
function keyText(key: string): string {
  return /^[A-Za-z]+$/.test(key) ? key : quoted(key);
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** What JSON writes is YAML, but for some characters that YAML wants written as escapes, too. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
