/** How long Loki keeps logs, by its configuration (Loki: retention by the compactor, or the older table manager). */
import { z } from 'zod';
import type { Retention } from '../../core/observability/stack.js';
import { yamlValue } from '../../core/yaml.js';
import { goSeconds } from '../durations.js';
import type { ApiReader } from '../http/api-reader.js';
import { isNotOffered, ReadError } from '../http/read-error.js';

export const configPath = '/config';

const Period = z.union([z.string(), z.number()]).transform(String);
const Settings = z.looseObject({
  compactor: z.looseObject({ retention_enabled: z.boolean().nullish() }).nullish(),
  limits_config: z
    .looseObject({
      retention_period: Period.nullish(),
      retention_stream: z.array(z.looseObject({ period: Period })).nullish(),
    })
    .nullish(),
  table_manager: z
    .looseObject({
      retention_deletes_enabled: z.boolean().nullish(),
      retention_period: Period.nullish(),
    })
    .nullish(),
});

export async function logRetention(reader: ApiReader): Promise<Retention> {
  try {
    return retentionIn(await reader.get(configPath));
  } catch (error) {
    if (isNotOffered(error)) return { kept: 'not-shown' };
    throw error;
  }
}

/** Of several periods the shortest counts: some logs are kept no longer. @throws ReadError where it is no such file. */
export function retentionIn(text: string): Retention {
  const { compactor, limits_config: limits, table_manager: tables } = settingsIn(text);
  if (compactor?.retention_enabled === true) {
    const streams = (limits?.retention_stream ?? []).map(({ period }) => period);
    return shortest([limits?.retention_period ?? '0s', ...streams]);
  }
  if (tables?.retention_deletes_enabled === true) return shortest([tables.retention_period ?? '0s']);
  return { kept: 'for-ever' };
}

/** Zero means that nothing is deleted. */
function shortest(periods: readonly string[]): Retention {
  const seconds = periods.map((period) => {
    const own = goSeconds(period);
    if (own === undefined) throw notUnderstood();
    return own;
  });
  const limited = seconds.filter((own) => own > 0);
  return limited.length === 0 ? { kept: 'for-ever' } : { kept: 'seconds', seconds: Math.min(...limited) };
}

/** A parser's own message may quote the line it stumbled over: it is left out. */
function settingsIn(text: string): z.output<typeof Settings> {
  try {
    return Settings.parse(yamlValue(text, { uniqueKeys: false }));
  } catch {
    throw notUnderstood();
  }
}

function notUnderstood(): ReadError {
  return new ReadError('loki shows its configuration in a form that is not known');
}
