/** Writes docs/schemas from the definitions in code; `--check` says whether they are up to date. */
import type * as Published from '../src/config/schemas/published.js';
import { fromDist } from './from-dist.ts';
import { writeOrCheck } from './generated.ts';

const { publishedSchemas } = await fromDist<typeof Published>('config/schemas/published.js');
const files = Object.entries(publishedSchemas()).map(
  ([name, schema]) => [`docs/schemas/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`] as const,
);
writeOrCheck(new Map(files), 'make schemas');
