import type { Guide } from '../core/control.js';
import type { Plan } from '../core/plan.js';
import type { Remediation } from '../core/ports/index.js';
import type { Report } from '../core/report/types.js';
import { catalogueOf } from './exports/catalogue.js';
import { contents } from './html-contents.js';
import { otherSections, violationSection } from './html-findings.js';
import { guideTable } from './html-guides.js';
import { historySection } from './html-history.js';
import { legend } from './html-legend.js';
import { ledgerSection } from './html-ledger.js';
import { planSection, remediationSection } from './html-plans.js';
import { styleElement, styleSource } from './html-style.js';
import { heading, modelTable, summary } from './html-summary.js';
import { html } from './html-template.js';

/** What the page may load and run: nothing but its own style sheet. Also sent as a header where it is served. */
export const contentPolicy = `default-src 'none'; style-src ${styleSource}; base-uri 'none'; form-action 'none'`;

/** What else a page may tell. */
export interface PageContext {
  /** The guides, for what they ask and where they are published. */
  readonly guides?: readonly Guide[];
  /** Earlier reports of the same estate, in any order. */
  readonly earlier?: readonly Report[];
}

/** The report as one HTML file: no script, nothing loaded, every text of the estate escaped. */
export function renderHtml(
  report: Report,
  plans: readonly Plan[],
  remediations: readonly Remediation[],
  { guides = [], earlier = [] }: PageContext = {},
): string {
  const { findings } = report;
  const catalogue = catalogueOf(findings, guides);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>Hardening report: ${report.source.name}</title>
        ${styleElement}
      </head>
      <body>
        <a class="skip" href="#violations">To the findings</a>
        <header>${heading(report)}</header>
        <main>
          ${summary(report)} ${contents(report, { plans, remediations, earlier })}
          ${historySection(report, earlier)} ${guideTable(findings, catalogue)} ${modelTable(report)}
          ${remediationSection(remediations)} ${planSection(plans)} ${violationSection(findings, catalogue)}
          ${ledgerSection(report.waivers)} ${otherSections(findings, catalogue)} ${legend(report)}
        </main>
      </body>
    </html>`.toString();
}
