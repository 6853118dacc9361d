import type { ReportFormat } from './types.js';

/** What the formats differ in. */
export interface FormatShape {
  readonly group: string;
  readonly version: string;
  /** Of a namespace's report and of a cluster's. */
  readonly inNamespace: { readonly kind: string; readonly plural: string };
  readonly ofCluster: { readonly kind: string; readonly plural: string };
}

const policyReport: FormatShape = {
  group: 'wgpolicyk8s.io',
  version: 'v1alpha2',
  inNamespace: { kind: 'PolicyReport', plural: 'policyreports' },
  ofCluster: { kind: 'ClusterPolicyReport', plural: 'clusterpolicyreports' },
};

/** The API of a format. */
export const formatShapes: Readonly<Record<ReportFormat, FormatShape>> = {
  OpenReports: {
    group: 'openreports.io',
    version: 'v1alpha1',
    inNamespace: { kind: 'Report', plural: 'reports' },
    ofCluster: { kind: 'ClusterReport', plural: 'clusterreports' },
  },
  PolicyReport: policyReport,
  FirstPolicyReport: policyReport,
};
