/** Reports in Kubernetes' own formats: what goes in, and what comes out. */
import type { Severity } from '../outcome.js';
import type { Report } from '../report/types.js';

/**
 * `openreports.io/v1alpha1`, or the older `wgpolicyk8s.io/v1alpha2` where only that is installed; its first edition
 * knows three severities only.
 */
export type ReportFormat = 'OpenReports' | 'PolicyReport' | 'FirstPolicyReport';

/** A model that lives in a namespace of the cluster that reports go to. */
export interface ReportPlace {
  readonly controller: string;
  readonly model: string;
  readonly namespace: string;
  /** Names of the StatefulSets that there are: a finding of an application refers to its own. */
  readonly statefulSets: ReadonlySet<string>;
}

/** Where reports belong. */
export interface ReportPlaces {
  /** Each gets a report in its namespace, also when there is nothing to tell. */
  readonly models: readonly ReportPlace[];
  /** Whether the findings of a controller or model go to another cluster, and none of their reports is for here. */
  readonly isElsewhere?: (controller: string, model: string | undefined) => boolean;
}

export interface OpenReportsInput {
  readonly report: Report;
  readonly places: ReportPlaces;
  readonly format: ReportFormat;
  /** Tells our reports from those of another Holdfast on the same cluster; also the beginning of their names. */
  readonly instance: string;
  /** Whether controllers (with their users and clouds) and machine models are reported too: one ClusterReport each. */
  readonly withClusterReports: boolean;
  /** Where the whole report can be read, for the sentence that ends one that was cut. */
  readonly whole: string;
  /** A control's chapter in its guide. */
  readonly categoryOf?: (control: string) => string | undefined;
  readonly limits?: Partial<ReportLimits>;
}

/** Bytes as stored, metadata that the server adds included. */
export interface ReportLimits {
  /** Of all reports of a cluster together. */
  readonly all: number;
  /** Of one; etcd takes no request above 1.5 MiB. */
  readonly one: number;
}

/** One object ready to be sent. */
export interface ReportObject {
  readonly kind: string;
  /** Absent: a report of the cluster. */
  readonly namespace?: string;
  readonly name: string;
  readonly controller: string;
  readonly model?: string;
  /** JSON: the same findings give the same bytes. */
  readonly body: string;
  /** Of the body, also in its annotation `holdfast/content`: what is stored need not be read to see what it says. */
  readonly content: string;
  /** Results that did not fit. */
  readonly leftOut: number;
}

export type ResultWord = 'pass' | 'fail' | 'warn' | 'error' | 'skip';

/** The counts of one report: all its findings, also those that are not listed. */
export type ReportCounts = Record<ResultWord, number>;

export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export interface ReportResult {
  readonly source?: string;
  readonly policy: string;
  readonly rule: string;
  readonly result: ResultWord;
  readonly severity?: Severity;
  readonly category?: string;
  readonly message: string;
  readonly resources?: readonly ObjectReference[];
  readonly properties: Readonly<Record<string, string>>;
  readonly timestamp?: { readonly seconds: number; readonly nanos: number };
}

export const managedBy = 'app.kubernetes.io/managed-by';
export const instanceLabel = 'app.kubernetes.io/instance';
export const controllerLabel = 'holdfast/controller';
export const modelLabel = 'holdfast/model';
export const contentAnnotation = 'holdfast/content';
