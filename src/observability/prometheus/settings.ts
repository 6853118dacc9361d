/** How long Prometheus keeps what it measured, and whom it tells of alerts. */
import { z } from 'zod';
import type { Retention } from '../../core/observability/stack.js';
import { goSeconds } from '../durations.js';
import { jsonAnswer, successful } from '../http/answers.js';
import type { ApiReader } from '../http/api-reader.js';
import { isNotOffered, ReadError } from '../http/read-error.js';
import { shortText } from '../hostile.js';

export const runtimePath = '/api/v1/status/runtimeinfo';
export const alertmanagersPath = '/api/v1/alertmanagers';

const Runtime = successful(z.looseObject({ storageRetention: z.string() }));
const Alertmanagers = successful(z.looseObject({ activeAlertmanagers: z.array(z.looseObject({})) }));

/** `15d`, `10GiB`, or both with `or` between them. */
export async function metricsRetention(reader: ApiReader): Promise<Retention> {
  try {
    const { data } = await jsonAnswer(reader, { path: runtimePath, shape: Runtime });
    return retentionFrom(data.storageRetention);
  } catch (error) {
    if (isNotOffered(error)) return { kept: 'not-shown' };
    throw error;
  }
}

/** @throws ReadError where it is none. */
export function retentionFrom(text: string): Retention {
  const parts = text.split(' or ').map((part) => part.trim());
  const size = parts.find((part) => /^\d+(\.\d+)?[KMGTPE]?i?B$/.test(part));
  const time = parts.map(goSeconds).find((seconds) => seconds !== undefined);
  const bySize = size === undefined ? {} : { orSize: shortText(size, 20) };
  if (time !== undefined && time > 0) return { kept: 'seconds', seconds: time, ...bySize };
  if (size !== undefined) return { kept: 'for-ever', ...bySize };
  throw new ReadError('prometheus tells its retention in a form that is not known');
}

export async function activeAlertmanagers(reader: ApiReader): Promise<number> {
  const { data } = await jsonAnswer(reader, { path: alertmanagersPath, shape: Alertmanagers });
  return data.activeAlertmanagers.length;
}
