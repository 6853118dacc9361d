import type { ModelTelemetry, StackState } from '../../core/observability/stack.js';
import type { WatchedModel } from '../../core/observability/watched-models.js';
import { millis } from '../../core/time.js';
import { eachOf, factOf, readingOf, type Asking } from '../facts.js';
import type { ApiReader } from '../http/api-reader.js';
import { configPath, logRetention } from './settings.js';
import { rangePath, streamsOf } from './streams.js';

export interface LokiFacts extends Pick<StackState, 'logRetention'> {
  /** In the order of the models. */
  readonly models: readonly Pick<ModelTelemetry, 'logs'>[];
}

export async function readLoki(
  reader: ApiReader,
  models: readonly WatchedModel[],
  asking: Asking,
): Promise<LokiFacts> {
  const now = millis(asking.at);
  const logs = await eachOf(models, (model) =>
    factOf(readingOf(asking, `loki ${rangePath}`), () => streamsOf(reader, model, now)),
  );
  return {
    logRetention: await factOf(readingOf(asking, `loki ${configPath}`), () => logRetention(reader)),
    models: logs.map((own) => ({ logs: own })),
  };
}
