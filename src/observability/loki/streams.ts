/** Whose logs Loki has, and of when the last line is (HTTP API of Loki: series, query_range). No line is ever kept. */
import { z } from 'zod';
import { dictOf, newDict, type Dict } from '../../core/dict.js';
import { logWindow, type LogStreams } from '../../core/observability/stack.js';
import type { WatchedModel } from '../../core/observability/watched-models.js';
import { instant } from '../../core/time.js';
import { eachOf } from '../facts.js';
import { jsonAnswer, Labels, successful } from '../http/answers.js';
import type { ApiReader } from '../http/api-reader.js';
import { ReadError } from '../http/read-error.js';
import { quoted } from '../prometheus/targets.js';
import { shortText } from '../hostile.js';

const seriesPath = '/loki/api/v1/series';
export const rangePath = '/loki/api/v1/query_range';

/** Seconds within which a unit has to have written to count as one that writes. */
const day = 86_400;
const mostApplications = 500;

const Series = successful(z.array(Labels).nullish());
const Streams = successful(
  z.looseObject({
    resultType: z.literal('streams'),
    result: z.array(z.looseObject({ values: z.array(z.array(z.unknown())) })),
  }),
);

/** By application. `now` in ms. */
export async function streamsOf(
  reader: ApiReader,
  model: WatchedModel,
  now: number,
): Promise<Dict<LogStreams>> {
  const old = await unitsOf(reader, model, { since: now - logWindow * 1000, now });
  const lately = await unitsOf(reader, model, { since: now - day * 1000, now });
  const names = Object.keys(old).slice(0, mostApplications);
  const newest = await eachOf(names, (name) => newestOf(reader, { model, name, now }));
  return dictOf(
    names.map((name, index) => {
      const line = newest[index];
      const units = [...(lately[name] ?? [])].sort();
      return [name, { ...(line === undefined ? {} : { newest: line }), units }];
    }),
  );
}

interface Span {
  readonly since: number;
  readonly now: number;
}

/** Units that wrote anything, by application: from the index alone, which costs Loki little. */
async function unitsOf(
  reader: ApiReader,
  model: WatchedModel,
  span: Span,
): Promise<Dict<ReadonlySet<string>>> {
  const query = { 'match[]': selectorsOf(model), ...timesOf(span) };
  const { data } = await jsonAnswer(reader, { path: seriesPath, query, shape: Series });
  const units = newDict<Set<string>>();
  for (const { juju_application: application = '', juju_unit: unit = '' } of data ?? []) {
    const own = (units[application] ??= new Set());
    if (unit !== '') own.add(shortText(unit));
  }
  return units;
}

function selectorsOf({ uuid, shortName }: WatchedModel): readonly string[] {
  if (uuid === undefined) return [`{juju_model=${quoted(shortName)}}`];
  return [`{juju_model_uuid=${quoted(uuid)}}`, `{juju_model=${quoted(shortName)}, juju_model_uuid=""}`];
}

interface Wanted {
  readonly model: WatchedModel;
  readonly name: string;
  readonly now: number;
}

/** The line itself never leaves Loki: a dash takes its place. */
async function newestOf(reader: ApiReader, { model, name, now }: Wanted): Promise<string | undefined> {
  for (const selector of selectorsOf(model)) {
    const query = {
      query: `${selector.slice(0, -1)}, juju_application=${quoted(name)}} | line_format "-"`,
      limit: '1',
      direction: 'backward',
      ...timesOf({ since: now - logWindow * 1000, now }),
    };
    const { data } = await jsonAnswer(reader, { path: rangePath, query, shape: Streams });
    const times = data.result.flatMap(({ values }) => values.map(([time]) => secondsIn(time)));
    if (times.length > 0) return instant(times.reduce((a, b) => Math.max(a, b)) * 1000);
  }
  return undefined;
}

/** Whole seconds of a time in nanoseconds. @throws ReadError where it is none. */
function secondsIn(time: unknown): number {
  if (typeof time === 'string' && /^\d{10,20}$/.test(time)) return Number(BigInt(time) / 1_000_000_000n);
  throw new ReadError('loki tells the time of a line in a form that is not known');
}

function timesOf({ since, now }: Span): { readonly start: string; readonly end: string } {
  return { start: `${Math.floor(since)}000000`, end: `${Math.floor(now)}000000` };
}
