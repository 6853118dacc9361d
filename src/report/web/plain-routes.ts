/** What programs have always asked for: health, metrics, and the report as a file. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Report } from '../../core/report/types.js';
import type { Metrics } from '../metrics.js';
import { renderHtml } from '../html.js';
import { styleSource } from '../html-style.js';
import type { WebOptions } from './types.js';
import { refuse } from './refuse.js';
import type { Access } from './access/access.js';
import { assets } from './assets.js';
import type { Shown } from './shown.js';

export interface PlainOptions extends Pick<WebOptions, 'view' | 'guides'> {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  readonly shown: () => Shown | undefined;
  readonly access: Access;
}

/** Both cost more than a view: the file is laid out in one go, the document is sent in pieces. */
const aMinute = (max: number) => ({ rateLimit: { max, timeWindow: 60_000 } });
const limits = { file: aMinute(60), document: aMinute(600) } as const;
const free = { needs: 'nobody', rateLimit: false } as const;

export function addPlainRoutes(app: FastifyInstance, options: PlainOptions): void {
  const { view, metrics, shown } = options;
  app.get('/healthz', { config: free }, (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send('ok\n'),
  );
  app.get('/readyz', { config: free }, (_request, reply) => {
    const { ready, reasons } = view()?.readiness() ?? { ready: false, reasons: ['starting'] };
    return reply.code(ready ? 200 : 503).send({ ready, reasons });
  });
  app.get('/metrics', { config: free }, async (request, reply) => {
    if (options.access.web.metrics === 'login' && request.who === undefined)
      return refuse(
        request,
        reply.header('www-authenticate', 'Bearer'),
        401,
        'Metrics are for those with a token.',
      );
    return reply.type(metrics.contentType).send(await metrics.text());
  });
  addReport(app, options);
  const asJson = (path: string, kind: string, read: (now: Shown) => readonly unknown[]): void => {
    app.get(path, (request, reply) => {
      const now = shown();
      if (now === undefined) return refuse(request, reply, 503, 'Starting.');
      return reply.send({ kind, version: 'v1', items: read(now) });
    });
  };
  asJson('/plans.json', 'PlanList', ({ daemon }) => daemon.plans());
  asJson('/remediations.json', 'RemediationList', ({ daemon }) => daemon.remediations());
  addAssets(app);
}

/** The single file keeps its own style sheet, named by its hash. */
const reportPolicy = {
  directives: {
    defaultSrc: ["'none'"],
    styleSrc: [styleSource],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

function addReport(app: FastifyInstance, { shown, guides }: PlainOptions): void {
  const helmet = { contentSecurityPolicy: { useDefaults: false, ...reportPolicy } };
  app.get('/report.html', { helmet, config: limits.file }, (request, reply) =>
    whole(request, reply, shown(), ({ report, daemon, once }) =>
      reply
        .type('text/html; charset=utf-8')
        .send(once('file', () => renderHtml(report, daemon.plans(), daemon.remediations(), { guides }))),
    ),
  );
  app.get('/report.json', { config: limits.document }, (request, reply) =>
    whole(request, reply, shown(), ({ report }) =>
      reply.type('application/json; charset=utf-8').send(Readable.from(jsonOf(report))),
    ),
  );
}

function whole(
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Shown | undefined,
  send: (shown: Shown) => FastifyReply,
): FastifyReply {
  return shown === undefined ? refuse(request, reply, 503, 'Starting.') : send(shown);
}

const findingsAtOnce = 100;

/** The report's text in pieces, so that a large one does not keep everybody else waiting. */
async function* jsonOf({ findings, ...rest }: Report): AsyncGenerator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"findings":[`;
  for (let index = 0; index < findings.length; index += findingsAtOnce) {
    const some = JSON.stringify(findings.slice(index, index + findingsAtOnce)).slice(1, -1);
    yield index === 0 ? some : `,${some}`;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  yield ']}\n';
}

function addAssets(app: FastifyInstance): void {
  const { style, script, icon } = assets();
  for (const { path, type, body } of [style, script, icon])
    app.get(path, { config: free }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(body),
    );
}
