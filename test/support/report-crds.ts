/** The definitions of report resources, as their projects publish them: every field, without the prose. */

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const whole: Schema = { type: 'integer' };
const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, Schema>>, required?: readonly string[]): Schema => ({
  type: 'object',
  properties,
  ...(required === undefined ? {} : { required }),
});
const texts: Schema = { type: 'object', additionalProperties: text };

const reference: Schema = {
  ...object({
    apiVersion: text,
    fieldPath: text,
    kind: text,
    name: text,
    namespace: text,
    resourceVersion: text,
    uid: text,
  }),
  'x-kubernetes-map-type': 'atomic',
};
const expression = object({ key: text, operator: text, values: listOf(text) }, ['key', 'operator']);
const selector = object({ matchExpressions: listOf(expression), matchLabels: texts });
const results = oneOf('pass', 'fail', 'warn', 'error', 'skip');
const counts = object({ error: whole, fail: whole, pass: whole, skip: whole, warn: whole });
const time = object({ nanos: { ...whole, format: 'int32' }, seconds: { ...whole, format: 'int64' } }, [
  'nanos',
  'seconds',
]);
const allSeverities = ['critical', 'high', 'low', 'medium', 'info'];

function result(severities: readonly string[]): Schema {
  return object(
    {
      category: text,
      message: text,
      policy: text,
      properties: texts,
      resourceSelector: selector,
      resources: listOf(reference),
      result: results,
      rule: text,
      scored: { type: 'boolean' },
      severity: oneOf(...severities),
      source: text,
      timestamp: time,
    },
    ['policy'],
  );
}

function report(severities: readonly string[], more: Readonly<Record<string, Schema>> = {}): Schema {
  return object({
    apiVersion: text,
    kind: text,
    metadata: { type: 'object' },
    results: listOf(result(severities)),
    scope: reference,
    scopeSelector: selector,
    summary: counts,
    ...more,
  });
}

const limits = object({ limits: object({ maxResults: whole, statusFilter: listOf(results) }) }, ['limits']);

/** What the CRDs say of an object, by what is installed. */
export const reportSchemas = {
  openReports: report(allSeverities, { source: text, configuration: limits }),
  policyReports: report(allSeverities),
  /** The first edition of the same version. */
  firstPolicyReports: report(['high', 'low', 'medium']),
} as const;

interface Definition {
  readonly metadata: { readonly name: string };
}

/** Two definitions: of a namespace's reports and of the cluster's. */
export function reportCrds(which: keyof typeof reportSchemas): readonly Definition[] {
  const [group, version, kind] =
    which === 'openReports'
      ? ['openreports.io', 'v1alpha1', 'Report']
      : ['wgpolicyk8s.io', 'v1alpha2', 'PolicyReport'];
  const schema = reportSchemas[which];
  return (
    [
      [kind, 'Namespaced'],
      [`Cluster${kind}`, 'Cluster'],
    ] as const
  ).map(([own, scope]) => definition({ group, version, kind: own, scope, schema }));
}

function definition(of: {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly scope: string;
  readonly schema: Schema;
}): Definition {
  const { group, version, kind, scope, schema } = of;
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  const spec = {
    group,
    scope,
    names: { kind, listKind: `${kind}List`, plural, singular },
    versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: schema } }],
  };
  const metadata = { name: `${plural}.${group}` };
  return Object.assign(
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec },
    { metadata },
  );
}
