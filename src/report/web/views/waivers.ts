import { ledgerSection } from '../../html-ledger.js';
import { html } from '../../html-template.js';
import { empty, live } from './parts.js';
import type { Sheet, ViewContext } from './view.js';

/** The policy's waivers, what somebody should see to first. */
export function waivers({ shown: { report } }: ViewContext): Sheet {
  const ledger = report.waivers ?? [];
  const body = ledger.length === 0 ? empty('The policy waives nothing.') : ledgerSection(ledger);
  return {
    title: 'Waivers',
    body: html`<p class="soft">
        A waiver lies over a finding until it ends; it never hides it. They stand in the policy, with a reason
        and an owner.
      </p>
      ${live('ledger', body)}`,
  };
}
