import { isViolation } from '../core/outcome.js';
import type { ReportFinding, ReportWaiver } from '../core/report/types.js';
import { targetLabel } from '../core/target.js';
import type { Entry } from './exports/catalogue.js';
import { evidenceList } from './html-evidence.js';
import { groupsBy } from './html-group.js';
import { remedy } from './html-remedy.js';
import { html, nothing, time, type Html } from './html-template.js';

/** So many targets are named beside a control while it is folded. */
const named = 3;

/** With more findings than these a control may be cut by the end of a printed page. */
const longest = 2;

/** What else a control's fold says where it stands on a page with others. */
export interface FoldOptions {
  /** Names the fold in its page. */
  readonly id?: string;
  readonly open?: boolean;
  readonly more?: Html;
  /** Stands beside the severity instead of outcome, reason and places, where those go without saying. */
  readonly line?: string;
}

/** All findings of one control, folded: its title, its severity and whom it is about above; the rest inside. */
export function controlDetails(
  findings: readonly ReportFinding[],
  entry: Entry | undefined,
  { id, open = false, more = nothing, line }: FoldOptions = {},
): Html {
  const [first] = findings;
  if (first === undefined) return nothing;
  const colour = isViolation(first.outcome) ? first.severity : 'plain';
  const long = findings.length > longest ? ' long' : '';
  const named = id === undefined ? nothing : html` id="${id}"`;
  return html`<details class="control ${colour}-edge${long}" ${named}${open ? openMark : nothing}>
    <summary>
      <span class="id">${first.control}</span>${first.title}${times(findings.length)}
      <span class="where"
        ><span class="${colour}">${first.severity}</span> · ${line ?? standingLine(findings)}</span
      >
    </summary>
    <div class="inside">${asked(entry)} ${casesOf(findings)} ${more}</div>
  </details>`;
}

/** What was seen of each finding, and how it is put right. */
export function casesOf(findings: readonly ReportFinding[]): readonly Html[] {
  return groupsBy(findings, adviceKey).map(adviceGroup);
}

const openMark = html` open`;

/** Why the guide asks for it, and where to read on. */
function asked(entry: Entry | undefined): Html {
  if (entry === undefined) return nothing;
  const { rationale, section, references } = entry.control;
  return html`<p class="why">
    ${rationale} <span class="soft">(${section})</span> ${references.map(reference)}
  </p>`;
}

/** A link that says where it leads; nothing but a web page becomes one. */
function reference(url: string): Html {
  const [host, ...path] = (/^https:\/\/(.*?)\/?$/.exec(url)?.[1] ?? '').split('/');
  if (host === undefined || host === '') return nothing;
  const shown = path.length > 2 ? [path[0] ?? '', '…', path.at(-1) ?? ''] : path;
  return html` <a href="${url}" rel="noreferrer">${[host, ...shown].join('/')}</a>`;
}

function times(count: number): Html {
  return count === 1 ? nothing : html` <span class="count">×${count}</span>`;
}

function differing(findings: readonly ReportFinding[], key: 'outcome' | 'reason'): string {
  return [...new Set(findings.map((finding) => finding[key]))].slice(0, named).join(', ');
}

function standingLine(findings: readonly ReportFinding[]): string {
  return `${differing(findings, 'outcome')} · ${differing(findings, 'reason')} · ${placesOf(findings)}`;
}

function placesOf(findings: readonly ReportFinding[]): string {
  return listed(findings.map(({ target }) => targetLabel(target)));
}

function listed(labels: readonly string[]): string {
  const shown = labels.slice(0, named).join(', ');
  return labels.length > named ? `${shown} and ${labels.length - named} more` : shown;
}

/** What is put right by the same steps stands together, and the steps once below. */
function adviceKey({ remediation }: ReportFinding): string {
  return JSON.stringify(remediation);
}

function adviceGroup(findings: readonly ReportFinding[]): Html {
  return html`<div class="advice">
    ${groupsBy(findings, caseKey).map(caseBlock)} ${remedy(findings[0]?.remediation)}
  </div>`;
}

/** Everything but whom it is about, and the sentence, which often names them. */
function caseKey(finding: ReportFinding): string {
  const { outcome, reason, evidence, waiver, fixableBy, upstream, validUntil, drift } = finding;
  return JSON.stringify([outcome, reason, evidence, waiver, fixableBy, upstream, validUntil, drift]);
}

function caseBlock(findings: readonly ReportFinding[]): Html {
  const [first] = findings;
  if (first === undefined) return nothing;
  const noted = [...notes(first), ...openSince(findings)];
  return html`<div class="case">
    ${groupsBy(findings, ({ message }) => message).map(sentence)}
    ${noted.length === 0 ? nothing : html`<p class="notes">${noted}</p>`} ${drifted(first)}
    ${evidenceList(first.evidence)}
  </div>`;
}

/** Since when it is open, as far as that is known; of several the whole span. */
function openSince(findings: readonly ReportFinding[]): readonly Html[] {
  const moments = findings.flatMap(({ firstSeen }) => firstSeen ?? []).sort();
  const [first] = moments;
  const last = moments.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = first === last ? time(first) : html`${time(first)} to ${time(last)}`;
  return [html`<span class="soft">open since ${span}</span>`];
}

/** When it changed, and what is known of who changed it. */
function drifted({ drift }: ReportFinding): Html {
  if (drift === undefined) return nothing;
  const { lastGood, firstBad, who } = drift;
  return html`<p class="soft">
    <span class="tag medium">drift</span> between ${time(lastGood)} and ${time(firstBad)}. ${who}
  </p>`;
}

function sentence(findings: readonly ReportFinding[]): Html {
  const labels = findings.map(({ target }) => targetLabel(target)).join(', ');
  return html`<p><b class="target">${labels}</b> ${findings[0]?.message}</p>`;
}

const fixers = {
  operator: undefined,
  charm: 'only the charm can fix this',
  cloud: 'only the cloud can fix this',
  none: 'nobody can fix this at present',
} as const;

/** What else there is to say; under a waiver the outcome as it is, whatever the waiver makes of it. */
function notes({ outcome, waiver, fixableBy, upstream, validUntil }: ReportFinding): readonly Html[] {
  const fixer = isViolation(outcome) ? fixers[fixableBy] : undefined;
  return [
    ...(fixer === undefined ? [] : [html`<span class="tag soft">${fixer}</span>`]),
    ...(upstream === undefined ? [] : [html`<span class="soft">upstream: ${upstream}</span>`]),
    ...(validUntil === undefined ? [] : [html`<span class="soft">changes on ${time(validUntil)}</span>`]),
    ...(waiver === undefined ? [] : waiverNote(waiver, outcome)),
  ];
}

const outcomeColours: Readonly<Record<ReportFinding['outcome'], string>> = {
  pass: 'good',
  fail: 'high',
  inconsistent: 'high',
  manual: 'low',
  unknown: 'soft',
  'not-applicable': 'soft',
};

function waiverNote(waiver: ReportWaiver, outcome: ReportFinding['outcome']): readonly Html[] {
  const { id, kind, owner, reason, expiresAt, state, compensatedBy } = waiver;
  const until = state === 'expired' ? 'expired' : 'until';
  return [
    html`<span class="tag ${outcomeColours[outcome]}">${outcome}</span>`,
    html`<span class="tag">${state === 'active' ? kind : `waiver ${state}`}</span>`,
    html`<span>${reason} (${id}, ${owner}, ${until} ${time(expiresAt)})</span>`,
    ...(compensatedBy === undefined ? [] : [html`<span class="soft">made up for by ${compensatedBy}</span>`]),
  ];
}
