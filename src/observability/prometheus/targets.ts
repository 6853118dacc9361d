/** What Prometheus measures of a model, whether it scrapes it itself or has it written by a collector. */
import { z } from 'zod';
import { newDict, type Dict } from '../../core/dict.js';
import type { MetricsTarget } from '../../core/observability/stack.js';
import { isLabelledAs, type WatchedModel } from '../../core/observability/watched-models.js';
import { jsonAnswer, Labels, successful } from '../http/answers.js';
import type { ApiReader } from '../http/api-reader.js';
import { shortText } from '../hostile.js';
import { isNotOffered } from '../http/read-error.js';

export const queryPath = '/api/v1/query';
const targetsPath = '/api/v1/targets';

const Vector = successful(
  z.looseObject({
    resultType: z.literal('vector'),
    result: z.array(z.looseObject({ metric: Labels, value: z.tuple([z.number(), z.string()]) })),
  }),
);

const Targets = successful(
  z.looseObject({
    activeTargets: z.array(z.looseObject({ labels: Labels, lastError: z.string().default('') })),
  }),
);

/** Why targets are down, where Prometheus scrapes them itself. */
export type Troubles = readonly z.output<typeof Targets>['data']['activeTargets'][number][];

/**
 * By application. A target is up that answered at least once within five minutes, so that one lost scrape is no outage;
 * collectors that write remotely leave no entry among the targets, but their `up` series here.
 */
export async function targetsOf(
  reader: ApiReader,
  model: WatchedModel,
): Promise<Dict<readonly MetricsTarget[]>> {
  const query = { query: upQuery(model) };
  const { data } = await jsonAnswer(reader, { path: queryPath, query, shape: Vector });
  const byApplication = newDict<MetricsTarget[]>();
  for (const { metric, value } of data.result) {
    const { juju_application: application = '', juju_unit: unit = '', job = '' } = metric;
    const named = unit === '' ? {} : { unit: shortText(unit) };
    const target = { ...named, job: shortText(job), up: value[1] === '1' };
    (byApplication[application] ??= []).push(target);
  }
  return byApplication;
}

/** By the model's UUID, and by its name for series that carry no UUID. */
export function upQuery({ uuid, shortName }: WatchedModel): string {
  const named =
    uuid === undefined
      ? `{juju_model=${quoted(shortName)}}`
      : `{juju_model_uuid="",juju_model=${quoted(shortName)}}`;
  const series = uuid === undefined ? [named] : [`{juju_model_uuid=${quoted(uuid)}}`, named];
  const up = series.map((selector) => `max_over_time(up${selector}[5m])`).join(' or ');
  return `min by (juju_application, juju_unit, job) (${up})`;
}

/** As PromQL and LogQL take it. */
export function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** None where Prometheus does not offer them (Mimir). */
export async function scrapeTroubles(reader: ApiReader): Promise<Troubles> {
  try {
    const query = { state: 'active' };
    const { data } = await jsonAnswer(reader, { path: targetsPath, query, shape: Targets });
    return data.activeTargets.filter(({ lastError }) => lastError !== '');
  } catch (error) {
    if (isNotOffered(error)) return [];
    throw error;
  }
}

/** The targets, with why each is down as far as that is known. */
export function withTroubles(
  targets: Dict<readonly MetricsTarget[]>,
  model: WatchedModel,
  troubles: Troubles,
): Dict<readonly MetricsTarget[]> {
  const own = troubles.filter(({ labels }) => isLabelledAs(model, labels));
  if (own.length === 0) return targets;
  const all = newDict<readonly MetricsTarget[]>();
  for (const [application, list] of Object.entries(targets))
    all[application] = list.map((target) => withTrouble(target, application, own));
  return all;
}

function withTrouble(target: MetricsTarget, application: string, troubles: Troubles): MetricsTarget {
  if (target.up) return target;
  const found = troubles.find(
    ({ labels }) =>
      (labels['juju_application'] ?? '') === application &&
      (labels['juju_unit'] ?? '') === (target.unit ?? '') &&
      shortText(labels['job'] ?? '') === target.job,
  );
  return found === undefined ? target : { ...target, trouble: shortText(found.lastError) };
}
