import type { ReportFinding, ReportRemediation, ReportWaiver } from '../../core/report/types.js';
import { targetLabel } from '../../core/target.js';
import type { Entry } from './catalogue.js';
import { origin } from './oscal-inventory.js';
import { observationIds } from './oscal-observation.js';
import { line, namespace, prose, props } from './oscal-text.js';
import { remedyText, waiverText } from './text.js';
import { uuidOf } from './uuid.js';

export function riskId({ id }: ReportFinding): string {
  return uuidOf('risk', id);
}

/** The risk that a violation is: open, or accepted for as long as a waiver lies over it. */
export function riskOf(finding: ReportFinding, entry: Entry | undefined): object {
  const { control, title, message, target, severity, waiver } = finding;
  return {
    uuid: riskId(finding),
    title: line(`${control} on ${targetLabel(target)}: ${title}`),
    description: prose(message),
    statement: prose(entry?.control.rationale ?? title),
    ...props({ severity }),
    status: waiver?.state === 'active' ? 'deviation-approved' : 'open',
    characterizations: [{ origin, facets: [{ name: 'severity', system: namespace, value: severity }] }],
    ...(waiver?.state === 'active' ? accepted(finding, waiver) : {}),
    ...(finding.remediation === undefined ? {} : { remediations: [response(finding, finding.remediation)] }),
    'related-observations': observationIds(finding).map((uuid) => ({ 'observation-uuid': uuid })),
  };
}

/** When the waiver ends the risk has to be dealt with. */
function accepted({ id }: ReportFinding, waiver: ReportWaiver): object {
  const deadline = { deadline: waiver.expiresAt };
  if (waiver.kind !== 'mitigated') return { ...deadline };
  const factor = {
    uuid: uuidOf('mitigating-factor', `${id}\n${waiver.id}`),
    description: prose(waiverText(waiver)),
    ...props({ waiver: waiver.id, owner: waiver.owner, 'compensated-by': waiver.compensatedBy }),
  };
  return { 'mitigating-factors': [factor], ...deadline };
}

function response(finding: ReportFinding, { kind, actions }: ReportRemediation): object {
  const effects = actions.map(({ effect }) => effect).join(' ');
  return {
    uuid: uuidOf('response', finding.id),
    lifecycle: 'recommendation',
    title: line(effects === '' ? `Put ${finding.control} right` : effects),
    description: prose(remedyText(finding)),
    ...props({ kind }),
  };
}
