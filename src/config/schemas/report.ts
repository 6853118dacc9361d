import { z } from 'zod';
import { ledgerStates } from '../../core/policy/ledger.js';
import { dict } from './dict.js';
import { ScoreName as Score } from './score.js';
import { OutcomeName, SeverityName, Sha256, TargetDocument, Time } from './common.js';

const count = z.int().min(0);

const SummaryDocument = z.strictObject({
  byOutcome: z.record(OutcomeName, count),
  bySeverity: z.record(SeverityName, count).meta({ description: 'Unwaived violations.' }),
  waived: count,
  score: Score,
  scoreOfFixable: Score.meta({ description: 'Without what only the charm, the cloud or nobody can fix.' }),
  byModel: dict(z.strictObject({ score: Score, violations: count, unknown: count })),
});

const EvidenceDocument = z.strictObject({
  source: z.string(),
  observedAt: Time,
  seen: z.string(),
  wanted: z.string(),
  unit: z.string().exactOptional(),
});

const waiverTerms = {
  id: z.string(),
  kind: z.enum(['waived', 'mitigated']),
  owner: z.string(),
  reason: z.string(),
  expiresAt: Time,
  compensatedBy: z.string().exactOptional(),
} as const;

const WaiverDocument = z.strictObject({ ...waiverTerms, state: z.enum(['active', 'expired', 'lapsed']) });

export const LedgerDocument = z.strictObject({
  ...waiverTerms,
  state: z.enum(ledgerStates),
  match: z.strictObject({
    controller: z.string().exactOptional(),
    model: z.string().exactOptional(),
    application: z.string().exactOptional(),
    guide: z.string().exactOptional(),
    control: z.string().exactOptional(),
  }),
  message: z.string(),
  matched: count.meta({ description: 'Judgements that its pattern fits.' }),
  covers: count.meta({ description: 'Violations that it lies over now.' }),
});

const Argv = z.array(z.string());

const RemediationDocument = z.strictObject({
  kind: z.enum(['auto', 'disruptive', 'manual']),
  actions: z.array(
    z.strictObject({ argv: Argv, effect: z.string(), inverse: z.array(Argv).exactOptional() }),
  ),
  procedure: z.string().exactOptional(),
});

const DriftDocument = z.strictObject({
  lastGood: Time,
  firstBad: Time,
  who: z.string(),
  operations: z.array(z.string()),
});

export const FindingDocument = z.strictObject({
  id: Sha256.meta({ description: 'sha256 of control and target: stable over runs.' }),
  control: z.string(),
  guide: z.string(),
  title: z.string(),
  severity: SeverityName,
  outcome: OutcomeName,
  reason: z.string().regex(/^[A-Z]\w*$/),
  message: z.string(),
  fixableBy: z.enum(['operator', 'charm', 'cloud', 'none']),
  upstream: z.string().exactOptional(),
  target: TargetDocument,
  evidence: z.array(EvidenceDocument),
  validUntil: Time.exactOptional(),
  firstSeen: Time.exactOptional(),
  drift: DriftDocument.exactOptional(),
  waiver: WaiverDocument.exactOptional(),
  remediation: RemediationDocument.exactOptional(),
});

export const ReportDocument = z
  .strictObject({
    kind: z.literal('Report'),
    version: z.literal('v1'),
    generatedAt: Time,
    tool: z.strictObject({ name: z.literal('holdfast'), version: z.string() }),
    source: z.strictObject({ road: z.string(), name: z.string(), takenAt: Time }),
    policy: z.strictObject({ hash: z.string() }),
    summary: SummaryDocument,
    findings: z.array(FindingDocument),
    waivers: z
      .array(LedgerDocument)
      .exactOptional()
      .meta({ description: 'The ledger of the waivers of the policy.' }),
  })
  .meta({ title: 'Holdfast report, version 1' });
