import { isViolation } from '../../core/outcome.js';
import type { ReportFinding, ReportSource, ReportWaiver } from '../../core/report/types.js';
import { targetKey, targetLabel } from '../../core/target.js';
import { plainMessage } from './sarif-message.js';
import { levels } from './sarif-rule.js';
import { commandsOf, visible, waiverText } from './text.js';
import { uuidOf } from './uuid.js';

/** Whether there is something to be told of it: what passes, does not apply or waits for a person has no result. */
export function isResult({ outcome }: ReportFinding): boolean {
  return isViolation(outcome) || outcome === 'unknown';
}

/** SARIF allows a level other than `none` for failures only: what could not be seen is `open`. */
export function resultOf(finding: ReportFinding, ruleIndex: number, source: ReportSource): object {
  const { id, control, outcome, severity, message, waiver, firstSeen } = finding;
  const fails = isViolation(outcome);
  return {
    ruleId: control,
    ruleIndex,
    kind: fails ? 'fail' : 'open',
    level: fails ? levels[severity] : 'none',
    message: { text: plainMessage(`${targetLabel(finding.target)}: ${message}`) },
    locations: [location(finding, source)],
    fingerprints: { 'holdfastFindingId/v1': id },
    correlationGuid: uuidOf('finding', id),
    suppressions: waiver?.state === 'active' ? [suppression(waiver)] : [],
    ...(firstSeen === undefined ? {} : { provenance: { firstDetectionTimeUtc: firstSeen } }),
    properties: details(finding),
  };
}

/** The road's own file, where it has one: readers that know files only show nothing else. */
function location({ target }: ReportFinding, source: ReportSource): object {
  const logical = {
    name: visible(targetLabel(target)),
    fullyQualifiedName: visible(targetKey(target)),
    kind: target.kind,
  };
  const uri = fileOf(source);
  return {
    ...(uri === undefined ? {} : { physicalLocation: { artifactLocation: { uri } } }),
    logicalLocations: [logical],
  };
}

const fileRoads: ReadonlySet<string> = new Set(['status-file', 'bundle', 'terraform', 'snapshot']);

function fileOf({ road, name }: ReportSource): string | undefined {
  if (!fileRoads.has(road) || name === 'standard input') return undefined;
  return visible(name).split('/').map(encodeURIComponent).join('/');
}

/** Only a waiver that counts suppresses: readers take any suppression, whatever its status, for one that does. */
function suppression(waiver: ReportWaiver): object {
  const { id, kind, owner, expiresAt } = waiver;
  return {
    kind: 'external',
    status: 'accepted',
    guid: uuidOf('waiver', id),
    justification: visible(waiverText(waiver)),
    properties: { id, kind, owner, expiresAt },
  };
}

function details(finding: ReportFinding): object {
  const { outcome, reason, severity, fixableBy, upstream, evidence, waiver, validUntil, drift } = finding;
  const commands = commandsOf(finding);
  return {
    outcome,
    reason,
    severity,
    fixableBy,
    ...(upstream === undefined ? {} : { upstream }),
    evidence,
    ...(commands.length === 0 ? {} : { commands }),
    ...(waiver === undefined ? {} : { waiver }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(drift === undefined ? {} : { drift }),
  };
}
