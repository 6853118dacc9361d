/** What kinds of reports the cluster knows. */
import { formatShapes, type FormatShape } from '../../core/openreports/format.js';
import type { ReportFormat } from '../../core/openreports/types.js';
import { ApiError } from '../access/api-error.js';
import type { KubeClient } from '../access/client.js';
import { isRaw, items, text } from '../raw.js';

/** An API that is served, with the plurals of ours that it has. */
export interface Served {
  readonly format: ReportFormat;
  readonly shape: FormatShape;
  readonly plurals: ReadonlySet<string>;
}

/** The APIs for reports that the cluster serves, the one to use first. @throws what the client throws. */
export async function servedFormats(client: KubeClient, signal: AbortSignal): Promise<readonly Served[]> {
  const found: Served[] = [];
  for (const format of ['OpenReports', 'PolicyReport'] as const) {
    const shape = formatShapes[format];
    const plurals = await pluralsOf(client, shape, signal);
    if (plurals.size > 0) found.push({ format, shape, plurals });
  }
  return found;
}

async function pluralsOf(
  client: KubeClient,
  { group, version, inNamespace, ofCluster }: FormatShape,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  try {
    const answer = await client.get(`/apis/${group}/${version}`, signal);
    const names = isRaw(answer) ? items(answer, 'resources').map((one) => text(one, 'name')) : [];
    return new Set([inNamespace.plural, ofCluster.plural].filter((plural) => names.includes(plural)));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return new Set();
    throw error;
  }
}
