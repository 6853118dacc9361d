import { isKnown, mapFact, type Fact } from '../../core/fact.js';
import type { ModelTelemetry, StackState } from '../../core/observability/stack.js';
import type { WatchedModel } from '../../core/observability/watched-models.js';
import { eachOf, factOf, readingOf, type Asking } from '../facts.js';
import type { ApiReader } from '../http/api-reader.js';
import { ReadError } from '../http/read-error.js';
import { generalOf, loadedRules, rulesOf, rulesPath } from './rules.js';
import { activeAlertmanagers, alertmanagersPath, metricsRetention, runtimePath } from './settings.js';
import { queryPath, scrapeTroubles, targetsOf, withTroubles, type Troubles } from './targets.js';

export interface PrometheusFacts extends Pick<
  StackState,
  'metricsRetention' | 'alertmanagers' | 'generalRules'
> {
  /** In the order of the models. */
  readonly models: readonly Pick<ModelTelemetry, 'rules' | 'targets'>[];
}

export async function readPrometheus(
  reader: ApiReader,
  models: readonly WatchedModel[],
  asking: Asking,
): Promise<PrometheusFacts> {
  const at = (path: string): ReturnType<typeof readingOf> => readingOf(asking, `prometheus ${path}`);
  const rules = await factOf(at(rulesPath), () => loadedRules(reader));
  const targets = await eachOf(models, async (model) => ({
    model,
    fact: await factOf(at(`${queryPath} up`), () => targetsOf(reader, model)),
  }));
  const troubles = targets.some(({ fact }) => anyDown(fact)) ? await troublesOf(reader) : [];
  return {
    metricsRetention: await factOf(at(runtimePath), () => metricsRetention(reader)),
    alertmanagers: await factOf(at(alertmanagersPath), () => activeAlertmanagers(reader)),
    generalRules: mapFact(rules, generalOf),
    models: targets.map(({ model, fact }) => ({
      rules: mapFact(rules, (all) => rulesOf(all, model)),
      targets: mapFact(fact, (own) => withTroubles(own, model, troubles)),
    })),
  };
}

type ModelTargets = Awaited<ReturnType<typeof targetsOf>>;

function anyDown(fact: Fact<ModelTargets>): boolean {
  return isKnown(fact) && Object.values(fact.value).some((list) => list.some(({ up }) => !up));
}

/** They only explain: that they cannot be read takes nothing away. */
async function troublesOf(reader: ApiReader): Promise<Troubles> {
  try {
    return await scrapeTroubles(reader);
  } catch (error) {
    if (error instanceof ReadError) return [];
    throw error;
  }
}
