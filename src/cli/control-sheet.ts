import { z } from 'zod';
import type { Control, Guide } from '../core/control.js';
import {
  citationOf,
  evidenceNeeds,
  type Citation,
  type EvidenceNeed,
  type Handbook,
} from '../core/handbook.js';

/** One parameter of a control, as a person may set it in a policy's rule. */
export interface ParameterSheet {
  readonly name: string;
  readonly type: string;
  readonly default?: unknown;
  readonly description?: string;
}

/** All there is to say of a control, without its code. */
export interface ControlSheet {
  readonly id: string;
  readonly title: string;
  readonly severity: Control['severity'];
  readonly guide: {
    readonly id: string;
    readonly title: string;
    readonly version: string;
    readonly url: string;
  };
  readonly section: string;
  /** Where the section is to be read. */
  readonly cites: Citation;
  readonly scope: Control['scope'];
  readonly rationale: string;
  readonly evidence: Control['evidence'];
  /** What each kind of evidence is and needs. */
  readonly evidenceNeeds: readonly EvidenceNeed[];
  readonly passes?: Handbook['passes'];
  readonly parameters: readonly ParameterSheet[];
  readonly reasons: Control['reasons'];
  readonly remediation: Control['remediation'];
  readonly fixableBy: Control['fixableBy'];
  readonly manual: string;
  readonly change?: NonNullable<Handbook['change']>;
  readonly waiving?: Handbook['waiving'];
  readonly hazards: readonly string[];
  readonly references: readonly string[];
}

export function controlSheet(control: Control, guide: Guide): ControlSheet {
  const { id, title, severity, section, scope, rationale, evidence, reasons } = control;
  const { remediation, fixableBy, manual, hazards, references, handbook = {} } = control;
  const { needs, ...told } = handbook as Partial<Handbook>;
  return {
    id,
    title,
    severity,
    guide: { id: guide.id, title: guide.title, version: guide.version, url: guide.url },
    section,
    cites: citationOf(section, guide.publications ?? []) ?? { title: guide.title, url: guide.url },
    scope,
    rationale,
    evidence,
    evidenceNeeds: evidenceNeeds(evidence, needs),
    parameters: parametersOf(control),
    reasons,
    remediation,
    fixableBy,
    manual,
    ...told,
    hazards,
    references,
  };
}

interface JsonType {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonType[];
  readonly items?: JsonType;
  readonly properties?: Readonly<Record<string, JsonType>>;
  readonly additionalProperties?: JsonType;
  readonly default?: unknown;
  readonly description?: string;
}

function parametersOf(control: Control): readonly ParameterSheet[] {
  const schema = z.toJSONSchema(control.params, { io: 'input', unrepresentable: 'any' });
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonType>>;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    type: typeText(property),
    ...(property.default === undefined ? {} : { default: property.default }),
    ...(property.description === undefined ? {} : { description: property.description }),
  }));
}

function typeText(schema: JsonType): string {
  const { type, format = '', enum: values, anyOf, items } = schema;
  if (values !== undefined) return values.map(String).join(' | ');
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeText))].join(' or ');
  if (type === 'array') return `list of ${items === undefined ? 'anything' : typeText(items)}`;
  if (type === 'object') return groupText(schema);
  return formats[format] ?? type ?? 'anything';
}

/** What JSON calls a string and a person by its name. */
const formats: Readonly<Record<string, string>> = {
  duration: 'duration',
  uri: 'URL',
  cidr: 'address block',
  ip: 'address',
};

function groupText({ properties, additionalProperties }: JsonType): string {
  if (properties !== undefined) return `group of ${Object.keys(properties).join(', ')}`;
  return `map of names to ${additionalProperties === undefined ? 'anything' : typeText(additionalProperties)}`;
}
