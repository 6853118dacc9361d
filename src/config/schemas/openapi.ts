/** The API's description, OpenAPI 3.1, made from what its documents are defined by. */
import { z } from 'zod';
import { apiDocuments } from './api.js';
import { apiPaths, queryTexts } from './api-paths.js';
import { withoutTimePattern, type JsonSchema } from './json-schema.js';

type Paths = typeof apiPaths;

/** Without a version of the program in it: the API has its own. */
export function openApiDocument(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version: 'v1',
      description:
        'What a running Holdfast shows, and what may be decided there. Every path is under /api/v1. Changes need a bearer token of role approver, or a session of the page with its CSRF token.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }, {}],
    paths: Object.fromEntries(Object.entries(apiPaths).map(([path, entry]) => [path, pathItem(path, entry)])),
    components: {
      schemas: schemas(),
      responses: { Problem: answer('Why it was refused, in one sentence.', 'Problem') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'holdfast' },
      },
    },
  };
}

function schemas(): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(apiDocuments)) registry.add(schema, { id });
  const { schemas: made } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: withoutTimePattern,
  });
  return Object.fromEntries(Object.entries(made).map(([id, schema]) => [id, withoutNames(schema)]));
}

/** Within one document they are named by where they stand. */
function withoutNames(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'));
}

function pathItem(path: string, entry: Paths[string]): object {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }));
  return { ...(parameters.length === 0 ? {} : { parameters }), [entry.method]: operation(path, entry) };
}

function operation(path: string, entry: Paths[string]): object {
  const { summary, method, answer: given } = entry;
  const name = path.replace(/[^a-z]+(\w?)/g, (_all, letter: string) => letter.toUpperCase());
  const responses = {
    200: answer(summary, given),
    ...Object.fromEntries(
      refusals(entry).map((status) => [status, { $ref: '#/components/responses/Problem' }]),
    ),
  };
  return {
    operationId: `${method}${name}`,
    summary,
    ...(entry.method === 'get'
      ? { parameters: (entry.query ?? []).map(queryParameter) }
      : requestBody(entry.body)),
    responses,
  };
}

function refusals({ method }: Paths[string]): readonly number[] {
  return method === 'get' ? [401, 404, 422, 429, 503] : [401, 403, 422, 429, 503];
}

function queryParameter(name: string): object {
  return { name, in: 'query', description: queryTexts[name], schema: { type: 'string' } };
}

function requestBody(name: string): object {
  const schema = { $ref: `#/components/schemas/${name}` };
  return { requestBody: { required: false, content: { 'application/json': { schema } } } };
}

function answer(description: string, name: string): object {
  return {
    description,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
  };
}
