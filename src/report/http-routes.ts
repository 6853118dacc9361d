import type { DaemonView } from '../core/ports/index.js';
import { renderHtml } from './html.js';
import type { Metrics } from './metrics.js';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface Sources {
  /** Undefined while the daemon is starting. */
  readonly view: () => DaemonView | undefined;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
}

type Route = () => Answer | Promise<Answer>;

/** What is served under which path. Everything is read-only. */
export function routes({ view, metrics }: Sources): ReadonlyMap<string, Route> {
  const shown = (show: (daemon: DaemonView) => Answer): Route => {
    return () => {
      const daemon = view();
      return daemon === undefined ? plain(503, 'Starting.') : show(daemon);
    };
  };
  const page = shown((daemon) =>
    htmlAnswer(renderHtml(daemon.report(), daemon.plans(), daemon.remediations())),
  );
  return new Map<string, Route>([
    ['/', page],
    ['/report.html', page],
    ['/report.json', shown((daemon) => json(200, daemon.report()))],
    ['/plans.json', shown((daemon) => json(200, list('PlanList', daemon.plans())))],
    ['/remediations.json', shown((daemon) => json(200, list('RemediationList', daemon.remediations())))],
    ['/healthz', () => plain(200, 'ok')],
    ['/readyz', () => readiness(view())],
    ['/metrics', async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() })],
  ]);
}

export function plain(status: number, text: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${text}\n` };
}

function readiness(daemon: DaemonView | undefined): Answer {
  const { ready, reasons } = daemon?.readiness() ?? { ready: false, reasons: ['starting'] };
  return json(ready ? 200 : 503, { ready, reasons });
}

function list(kind: string, items: readonly unknown[]): object {
  return { kind, version: 'v1', items };
}

function json(status: number, value: object): Answer {
  return { status, type: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n` };
}

function htmlAnswer(body: string): Answer {
  return { status: 200, type: 'text/html; charset=utf-8', body };
}
