import type { Plan } from '../core/plan.js';
import type { Remediation } from '../core/ports/index.js';
import type { Report } from '../core/report/types.js';
import { otherSections, violationSection } from './html-findings.js';
import { guideTable } from './html-guides.js';
import { ledgerSection } from './html-ledger.js';
import { planSection, remediationSection } from './html-plans.js';
import { styleElement, styleSource } from './html-style.js';
import { heading, modelTable, summary } from './html-summary.js';
import { html } from './html-template.js';

/** What the page may load and run: nothing but its own style sheet. Also sent as a header where it is served. */
export const contentPolicy = `default-src 'none'; style-src ${styleSource}; base-uri 'none'; form-action 'none'`;

/** The report as one HTML file: no script, nothing loaded, every text of the estate escaped. */
export function renderHtml(
  report: Report,
  plans: readonly Plan[],
  remediations: readonly Remediation[],
): string {
  const { findings } = report;
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
          ${summary(report)} ${guideTable(findings)} ${modelTable(report)} ${remediationSection(remediations)}
          ${planSection(plans)} ${violationSection(findings)} ${ledgerSection(report.waivers)}
          ${otherSections(findings)}
        </main>
        <footer>
          A score is the share of what passes, weighed by severity; unknown counts as not passed, waived
          findings are left out.
        </footer>
      </body>
    </html>`.toString();
}
