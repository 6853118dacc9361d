/** Alert rules that Prometheus has loaded (HTTP API, Rules). */
import { z } from 'zod';
import { newDict, type Dict } from '../../core/dict.js';
import type { AlertRule } from '../../core/observability/stack.js';
import { isLabelledAs, type WatchedModel } from '../../core/observability/watched-models.js';
import { jsonAnswer, Labels, successful } from '../http/answers.js';
import type { ApiReader } from '../http/api-reader.js';
import { keptLabels, shortText } from '../hostile.js';

export const rulesPath = '/api/v1/rules';

const Rules = successful(
  z.looseObject({
    groups: z.array(
      z.looseObject({
        rules: z.array(
          z.looseObject({
            name: z.string(),
            type: z.string().exactOptional(),
            health: z.string().default('unknown'),
            lastError: z.string().nullish(),
            labels: Labels.nullish(),
          }),
        ),
      }),
    ),
  }),
);

/** All alert rules, whoever they belong to. Alerts that fire at present are not asked for. */
export async function loadedRules(reader: ApiReader): Promise<readonly AlertRule[]> {
  const query = { type: 'alert', exclude_alerts: 'true' };
  const { data } = await jsonAnswer(reader, { path: rulesPath, query, shape: Rules });
  return data.groups.flatMap(({ rules }) =>
    rules.filter(({ type = 'alerting' }) => type === 'alerting').map(ruleFrom),
  );
}

type RuleEntry = z.output<typeof Rules>['data']['groups'][number]['rules'][number];

function ruleFrom({ name, health, lastError, labels }: RuleEntry): AlertRule {
  const trouble = shortText(lastError ?? '');
  return {
    name: shortText(name),
    health: shortText(health, 20),
    labels: keptLabels(labels ?? {}),
    ...(trouble === '' ? {} : { trouble }),
  };
}

/** Rules that name neither model nor application. */
export function generalOf(rules: readonly AlertRule[]): readonly AlertRule[] {
  return rules.filter(({ labels }) => !topology.some((label) => (labels[label] ?? '') !== ''));
}

const topology = ['juju_model', 'juju_model_uuid', 'juju_application'] as const;

/** The rules of one model by application; those about the whole model under the empty name. */
export function rulesOf(rules: readonly AlertRule[], model: WatchedModel): Dict<readonly AlertRule[]> {
  const byApplication = newDict<AlertRule[]>();
  for (const rule of rules)
    if (isLabelledAs(model, rule.labels))
      (byApplication[rule.labels['juju_application'] ?? ''] ??= []).push(rule);
  return byApplication;
}
