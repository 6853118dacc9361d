/** Builds the reports that Kubernetes' own tools read: one for each model and one for each controller. */
import { hash } from 'node:crypto';
import type { ReportFinding } from '../report/types.js';
import { fit, reportLimits, sizesOf } from './fit.js';
import { formatShapes } from './format.js';
import { labelValue, namePart } from './names.js';
import { compareFindings, isListed, resultOf, resultWord } from './result.js';
import { subjectsOf, type Subject } from './subjects.js';
import {
  contentAnnotation,
  controllerLabel,
  instanceLabel,
  managedBy,
  modelLabel,
  type ObjectReference,
  type OpenReportsInput,
  type ReportCounts,
  type ReportObject,
  type ReportResult,
} from './types.js';

/** An object without its results and without the annotation that tells its content. */
interface Head {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly source?: string;
  readonly scope?: ObjectReference;
  readonly summary: ReportCounts;
}

interface Draft {
  readonly subject: Subject;
  readonly head: Head;
  /** What is to be listed, in its order. */
  readonly listed: readonly ReportFinding[];
}

/** Bytes that the server adds to an object: uid, times, who manages which field. */
const added = 700;

/**
 * Pure: the same report gives the same objects, byte by byte, in the same order. They are made one by one as they are
 * asked for, so that never more than one of them takes memory.
 */
export function* buildOpenReports(input: OpenReportsInput): Generator<ReportObject> {
  const limits = { ...reportLimits, ...input.limits };
  const drafts = subjectsOf(input).map((subject) => draftOf(subject, input));
  const sizes = drafts.map((draft) => sizesOf(bytes(draft.head) + added, resultSizes(draft, input), limits));
  const kept = fit(sizes, limits, bytes(closingResult(1_000_000, input)));
  for (const [index, draft] of drafts.entries()) yield finished(draft, kept[index] ?? 0, input);
}

function draftOf(subject: Subject, input: OpenReportsInput): Draft {
  const listed = subject.findings.filter(isListed).sort(compareFindings);
  return { subject, head: headOf(subject, input), listed };
}

function* resultSizes({ listed, subject }: Draft, input: OpenReportsInput): Generator<number> {
  for (const finding of listed) yield bytes(resultOf(finding, input, subject.place));
}

function headOf(
  { controller, model, place, findings }: Subject,
  { format, instance }: OpenReportsInput,
): Head {
  const { group, version, inNamespace, ofCluster } = formatShapes[format];
  const { kind } = place === undefined ? ofCluster : inNamespace;
  return {
    apiVersion: `${group}/${version}`,
    kind,
    metadata: {
      name: place === undefined ? clusterReportName(instance, controller, model) : instance,
      ...(place === undefined ? {} : { namespace: place.namespace }),
      labels: {
        [managedBy]: 'holdfast',
        [instanceLabel]: instance,
        [controllerLabel]: labelValue(controller),
        ...(model === undefined ? {} : { [modelLabel]: labelValue(model) }),
      },
    },
    ...(format === 'OpenReports' ? { source: 'holdfast' } : {}),
    ...(place === undefined ? {} : { scope: { apiVersion: 'v1', kind: 'Namespace', name: place.namespace } }),
    summary: countsOf(findings),
  };
}

/** No part of it holds a dot, so that the names of models and controllers cannot be mixed up. */
function clusterReportName(instance: string, controller: string, model: string | undefined): string {
  const ofController = `${instance}-${namePart(controller)}`;
  return model === undefined ? ofController : `${ofController}.${namePart(model)}`;
}

function countsOf(findings: Subject['findings']): ReportCounts {
  const counts: ReportCounts = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 };
  for (const finding of findings) counts[resultWord(finding)] += 1;
  return counts;
}

function finished({ subject, head, listed }: Draft, kept: number, input: OpenReportsInput): ReportObject {
  const leftOut = listed.length - kept;
  const results = listed.slice(0, kept).map((finding) => resultOf(finding, input, subject.place));
  if (leftOut > 0) results.push(closingResult(leftOut, input));
  const shown = JSON.stringify(results);
  const content = hash('sha256', `${JSON.stringify(head)}${shown}`).slice(0, 32);
  const metadata = { ...head.metadata, annotations: { [contentAnnotation]: content } };
  const { name, namespace } = head.metadata;
  return {
    kind: head.kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    controller: subject.controller,
    ...(subject.model === undefined ? {} : { model: subject.model }),
    body: `${JSON.stringify({ ...head, metadata }).slice(0, -1)},"results":${shown}}`,
    content,
    leftOut,
  };
}

/** Says that a list is not whole: nothing is left out in silence. */
function closingResult(
  leftOut: number,
  { format, whole }: Pick<OpenReportsInput, 'format' | 'whole'>,
): ReportResult {
  return {
    ...(format === 'OpenReports' ? {} : { source: 'holdfast' }),
    policy: 'holdfast',
    rule: 'ResultsLeftOut',
    result: 'warn',
    message: `${leftOut} less urgent results are left out here, to keep this object small; the summary counts them. The whole report: ${whole}`,
    properties: { reason: 'ResultsLeftOut', leftOut: String(leftOut) },
  };
}

/** As JSON, with the comma after it. */
function bytes(part: object): number {
  return Buffer.byteLength(JSON.stringify(part)) + 1;
}
