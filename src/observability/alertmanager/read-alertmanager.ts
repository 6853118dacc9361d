import { z } from 'zod';
import type { AlertRouting, Silence, StackState } from '../../core/observability/stack.js';
import { instant, millis } from '../../core/time.js';
import { factOf, readingOf, type Asking } from '../facts.js';
import { jsonAnswer } from '../http/answers.js';
import type { ApiReader } from '../http/api-reader.js';
import { shortText } from '../hostile.js';
import { matcher } from './matchers.js';
import { routingIn } from './routing.js';

const statusPath = '/api/v2/status';
const silencesPath = '/api/v2/silences';

const Status = z.looseObject({ config: z.looseObject({ original: z.string() }) });
const Silences = z.array(
  z.looseObject({
    id: z.string(),
    endsAt: z.iso.datetime({ offset: true }),
    status: z.looseObject({ state: z.string() }),
    matchers: z.array(
      z.looseObject({
        name: z.string(),
        value: z.string(),
        isRegex: z.boolean(),
        isEqual: z.boolean().default(true),
      }),
    ),
  }),
);

export type AlertmanagerFacts = Pick<StackState, 'routing' | 'silences'>;

/** What Alertmanager does with alerts. Who silenced what and why is not kept. */
export async function readAlertmanager(reader: ApiReader, asking: Asking): Promise<AlertmanagerFacts> {
  return {
    routing: await factOf(readingOf(asking, `alertmanager ${statusPath}`), () => routingOf(reader)),
    silences: await factOf(readingOf(asking, `alertmanager ${silencesPath}`), () => silencesOf(reader)),
  };
}

async function routingOf(reader: ApiReader): Promise<AlertRouting> {
  const { config } = await jsonAnswer(reader, { path: statusPath, shape: Status });
  return routingIn(config.original);
}

async function silencesOf(reader: ApiReader): Promise<readonly Silence[]> {
  const all = await jsonAnswer(reader, { path: silencesPath, shape: Silences });
  return all
    .filter(({ status }) => status.state === 'active')
    .map(({ id, endsAt, matchers }) => ({
      id: shortText(id, 80),
      endsAt: instant(Math.floor(millis(endsAt) / 1000) * 1000),
      matchers: matchers.map(({ name, value, isRegex, isEqual }) =>
        matcher({ label: name, value, isRegex, isEqual }),
      ),
    }))
    .sort((a, b) => a.id.localeCompare(b.id));
}
