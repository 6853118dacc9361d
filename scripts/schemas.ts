/** Writes docs/schemas from the definitions in code; `--check` says whether they are up to date. */
import type * as OpenApi from '../src/config/schemas/openapi.js';
import type * as Published from '../src/config/schemas/published.js';
import { fromDist } from './from-dist.ts';
import { writeOrCheck } from './generated.ts';

const { publishedSchemas } = await fromDist<typeof Published>('config/schemas/published.js');
const { openApiDocument } = await fromDist<typeof OpenApi>('config/schemas/openapi.js');
const files: (readonly [string, string])[] = Object.entries(publishedSchemas()).map(
  ([name, schema]) => [`docs/schemas/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`] as const,
);
files.push(['docs/schemas/openapi.v1.json', `${JSON.stringify(openApiDocument(), null, 2)}\n`]);
writeOrCheck(new Map(files), 'make schemas');
