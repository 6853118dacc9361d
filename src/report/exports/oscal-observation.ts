import type { Evidence } from '../../core/judgement.js';
import type { ReportFinding } from '../../core/report/types.js';
import { subjectOf, subjectReference, origin } from './oscal-inventory.js';
import { line, prose, props, some } from './oscal-text.js';
import { uuidOf } from './uuid.js';

/** An observation for each subject: the units that the evidence names one by one, else the target itself. */
export function observationsOf(finding: ReportFinding, judgedAt: string): readonly object[] {
  return bySubject(finding).map(([unit, evidence]) => observation(finding, { unit, evidence, judgedAt }));
}

/** Their UUIDs, in the same order. */
export function observationIds(finding: ReportFinding): readonly string[] {
  return bySubject(finding).map(([unit]) => observationId(finding, unit));
}

type Seen = readonly [unit: string | undefined, evidence: readonly Evidence[]];

function bySubject({ evidence }: ReportFinding): readonly Seen[] {
  if (evidence.length === 0) return [[undefined, []]];
  return [...Map.groupBy(evidence, ({ unit }) => unit)];
}

function observationId({ id }: ReportFinding, unit: string | undefined): string {
  return uuidOf('observation', unit === undefined ? id : `${id}\n${unit}`);
}

interface Part {
  readonly unit: string | undefined;
  readonly evidence: readonly Evidence[];
  readonly judgedAt: string;
}

function observation(finding: ReportFinding, { unit, evidence, judgedAt }: Part): object {
  const { control, title, message, outcome, reason, validUntil } = finding;
  const times = evidence.map(({ observedAt }) => observedAt).sort();
  return {
    uuid: observationId(finding, unit),
    title: line(`${control}: ${title}`),
    description: prose(message),
    ...props({ control, outcome, reason }),
    methods: methodsOf(evidence),
    types: ['finding'],
    origins: [origin],
    subjects: [subjectReference(subjectOf(finding, unit))],
    ...some('relevant-evidence', evidence.map(relevantEvidence)),
    collected: times.at(-1) ?? judgedAt,
    ...(validUntil === undefined ? {} : { expires: validUntil }),
  };
}

/** A statement of a named owner was asked for, a port was tried, everything else was read. */
function methodsOf(evidence: readonly Evidence[]): readonly string[] {
  const methods = evidence.map(({ source }) => {
    if (source.startsWith('probe:')) return 'TEST';
    return source.startsWith('policy: attestation') ? 'INTERVIEW' : 'EXAMINE';
  });
  return methods.length === 0 ? ['EXAMINE'] : [...new Set(methods)];
}

function relevantEvidence({ source, observedAt, seen, wanted }: Evidence): object {
  return {
    description: prose(`Seen: ${seen}\n\nWanted: ${wanted}`),
    ...props({ source, 'observed-at': observedAt }),
  };
}
