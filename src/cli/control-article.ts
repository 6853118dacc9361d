/** What there is to read of a control, part by part: the same for terminals and for the pages of the documentation. */
import { commonReasons } from '../core/handbook.js';
import type { ControlSheet, ParameterSheet } from './control-sheet.js';
import { waiverExample } from './waiver-example.js';

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Names with what they mean. */
  | { readonly kind: 'terms'; readonly terms: readonly Term[]; readonly beside: boolean }
  | { readonly kind: 'links'; readonly urls: readonly string[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string };

export interface Term {
  readonly name: string;
  /** Belongs to the name, such as its type. */
  readonly aside?: string;
  readonly text: string;
}

/** A heading with what stands below it. */
export interface Part {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Parts in reading order, those without content left out. `now`: milliseconds since the epoch, for the example. */
export function controlArticle(sheet: ControlSheet, now: number): readonly Part[] {
  const { rationale, passes, hazards, references } = sheet;
  const parts: readonly Part[] = [
    { title: 'Why', blocks: [{ kind: 'text', text: rationale }] },
    { title: 'Guide', blocks: source(sheet) },
    { title: 'Passes when', blocks: texts(passes) },
    { title: 'How it is seen', blocks: evidence(sheet) },
    { title: 'Reasons it can give', blocks: reasons(sheet) },
    { title: 'Parameters', blocks: parameters(sheet.parameters) },
    { title: 'How to put it right', blocks: texts(...steps(sheet.manual)) },
    { title: 'What Holdfast does', blocks: change(sheet) },
    { title: 'Take care', blocks: hazards.length === 0 ? [] : [{ kind: 'list', items: hazards }] },
    { title: 'When to waive it', blocks: waiving(sheet, now) },
    { title: 'Read on', blocks: references.length === 0 ? [] : [{ kind: 'links', urls: references }] },
  ];
  return parts.filter(({ blocks }) => blocks.length > 0);
}

function texts(...lines: readonly (string | undefined)[]): readonly Block[] {
  return lines.flatMap((text) => (text === undefined ? [] : [{ kind: 'text', text } as const]));
}

/** A procedure that is written as lines stays lines. */
function steps(manual: string): readonly string[] {
  return manual
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function source({ section, cites }: ControlSheet): readonly Block[] {
  return [
    { kind: 'text', text: `${cites.title}, section "${section}":` },
    { kind: 'links', urls: [cites.url] },
  ];
}

function evidence({ evidenceNeeds }: ControlSheet): readonly Block[] {
  const terms = evidenceNeeds.map(({ kind, name, needs }) => ({
    name: kind,
    text: `${name}. Needs ${needs}.`,
  }));
  return [{ kind: 'terms', terms, beside: true }];
}

function reasons({ reasons: own }: ControlSheet): readonly Block[] {
  const terms = Object.entries({ ...own, ...commonReasons }).map(([name, text]) => ({ name, text }));
  return [{ kind: 'terms', terms, beside: true }];
}

function parameters(list: readonly ParameterSheet[]): readonly Block[] {
  if (list.length === 0) return [];
  const terms = list.map(({ name, type, default: value, description = '' }) => ({
    name,
    aside: `(${type}${value === undefined ? '' : `, default ${JSON.stringify(value)}`})`,
    text: description,
  }));
  return [
    { kind: 'text', text: 'Set them as params of a rule in the policy that matches this control.' },
    { kind: 'terms', terms, beside: false },
  ];
}

const ways: Readonly<Record<ControlSheet['remediation'], string>> = {
  auto: 'It can plan and make the change, which disturbs nobody: in mode propose a person applies it, in mode enforce it does so by itself.',
  disruptive:
    'It can plan and make the change, which restarts something or cuts someone off: even in mode enforce it waits for an approval or a window, unless the policy says disruptive: allow.',
  manual: 'Nothing: a person has to do it.',
};

const fixers: Readonly<Record<ControlSheet['fixableBy'], string | undefined>> = {
  operator: undefined,
  charm: 'As a rule only a newer charm can put this right.',
  cloud: 'Only the cloud can put this right.',
  none: 'Nobody can put this right yet.',
};

function change({ remediation, fixableBy, change: made }: ControlSheet): readonly Block[] {
  const said = texts(ways[remediation], fixers[fixableBy]);
  if (made === undefined) return said;
  const { steps: items, rollback, cutsOff } = made;
  return [...said, { kind: 'list', items }, ...texts(`Undone: ${rollback}`, `Cuts off: ${cutsOff}`)];
}

function waiving(sheet: ControlSheet, now: number): readonly Block[] {
  const example = waiverExample(sheet, now);
  if (sheet.waiving === undefined || example === undefined) return [];
  const { when, instead, atMost } = sheet.waiving;
  return [
    ...texts(when, `Meanwhile: ${instead}`, `Look at it again within ${daysText(atMost)}.`),
    { kind: 'code', language: 'yaml', text: example },
  ];
}

function daysText(duration: string): string {
  return duration.replace(/^(\d+)d$/, '$1 days');
}
