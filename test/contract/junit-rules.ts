/**
 * What the two schemas of JUnit's XML ask, that of Ant's JUnit task (JUnit.xsd) and that of Jenkins (junit-4.xsd), put
 * into one list of rules: a file that keeps them is valid under both.
 */
import type { XmlNode } from '../support/python.js';

interface Rule {
  /** Patterns of attributes that must be there; no others may be. */
  readonly attributes: Readonly<Record<string, RegExp>>;
  /** Attributes that may be there. */
  readonly optional?: readonly string[];
  /** The names of the children in their order, each followed by a blank. */
  readonly children: RegExp;
}

const any = /[^]*/;
const name = /^\S+( \S+)*$/;
const number = /^\d+$/;

const rules: Readonly<Record<string, Rule>> = {
  testsuites: { attributes: {}, children: /^(testsuite )*$/ },
  testsuite: {
    attributes: {
      ...{ name, package: name, hostname: name, id: number, tests: number, failures: number, errors: number },
      ...{ time: /^\d+(\.\d+)?$/, timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/ },
    },
    optional: ['skipped'],
    children: /^properties (testcase )*system-out system-err $/,
  },
  properties: { attributes: {}, children: /^(property )+$/ },
  property: { attributes: { name, value: any }, children: /^$/ },
  testcase: {
    attributes: { name, classname: name, time: number },
    children: /^((skipped|error|failure) )?$/,
  },
  failure: { attributes: { type: any }, optional: ['message'], children: /^$/ },
  error: { attributes: { type: any }, optional: ['message'], children: /^$/ },
  skipped: { attributes: {}, children: /^$/ },
  'system-out': { attributes: {}, children: /^$/ },
  'system-err': { attributes: {}, children: /^$/ },
};

/** Every breach of a rule, in words. */
export function junitBreaches(node: XmlNode): readonly string[] {
  const rule = rules[node.name];
  if (rule === undefined) return [`<${node.name}> is unknown`];
  const order = node.children.map((child) => `${child.name} `).join('');
  return [
    ...(rule.children.test(order) ? [] : [`<${node.name}> holds ${order}`]),
    ...attributeBreaches(node, rule),
    ...node.children.flatMap(junitBreaches),
  ];
}

function attributeBreaches(
  { name: of, attributes }: XmlNode,
  { attributes: needed, optional = [] }: Rule,
): string[] {
  const missing = Object.entries(needed).filter(([key, form]) => !form.test(attributes[key] ?? '\n'));
  const extra = Object.keys(attributes).filter((key) => needed[key] === undefined && !optional.includes(key));
  return [
    ...missing.map(([key]) => `<${of}> has ${key}=${JSON.stringify(attributes[key])}`),
    ...extra.map((key) => `<${of}> has ${key}`),
  ];
}
