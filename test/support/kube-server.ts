import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { ControllerCertificate } from './certificate.js';
import { Compacted, KubeWorld, type KubeEvent, type KubeRaw, type Selection } from './kube-world.js';

/** A request as the server got it. */
export interface KubeAsked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** What the server does instead of what an API server does. */
export type KubeFault =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }
  /** Sent as the whole answer, be it what it may. */
  | { readonly raw: string }
  | 'mute'
  | 'drop';

export interface KubeServer {
  readonly url: string;
  readonly world: KubeWorld;
  readonly asked: KubeAsked[];
  /** Connections open at present. */
  readonly sockets: ReadonlySet<Socket>;
  /** Asked of every request; undefined lets it be answered. */
  faults: (asked: KubeAsked) => KubeFault | undefined;
  /** While true, watches stay open and tell nothing. */
  silent: boolean;
  /** Tells every open watch how far the world is. */
  bookmark(): void;
  /** Ends every open watch in order. */
  endWatches(): void;
  /** Cuts every connection. */
  cut(): void;
  close(): Promise<void>;
}

interface OpenWatch {
  readonly selection: Selection;
  readonly response: ServerResponse;
}

/** A real HTTPS server that lists and watches a world as an API server does, faults apart. */
export async function kubeServer(
  certificate: Pick<ControllerCertificate, 'cert' | 'key'>,
  { world = new KubeWorld(), port = 0 }: { readonly world?: KubeWorld; readonly port?: number } = {},
): Promise<KubeServer> {
  const watches = new Set<OpenWatch>();
  const sockets = new Set<Socket>();
  const served = createServer({ cert: certificate.cert, key: certificate.key }, (request, response) => {
    void answer(request, response);
  });
  served.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  const server: KubeServer = {
    url: '',
    world,
    asked: [],
    sockets,
    faults: () => undefined,
    silent: false,
    bookmark: () => {
      for (const watch of watches) tellBookmark(watch);
    },
    endWatches: () => {
      for (const { response } of watches) response.end();
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => served.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await askedOf(request);
    server.asked.push(asked);
    const fault = server.faults(asked);
    if (fault !== undefined) misbehave(fault, response);
    else if (isLeaseWrite(asked)) writeLease(world, asked, response);
    else if (asked.method === 'POST') reviewAnswer(asked, response);
    else if (asked.query.get('watch') === '1') openWatch(asked, response);
    else list(asked, response);
  }

  function list(asked: KubeAsked, response: ServerResponse): void {
    const selection = selectionOf(asked);
    if (selection === undefined) {
      send(response, 200, { gitVersion: 'v1.36.3', platform: 'linux/amd64', groups: [{ name: 'apps' }] });
      return;
    }
    try {
      const limit = Number(asked.query.get('limit') ?? 0);
      const page = world.page(selection, limit, asked.query.get('continue') ?? undefined);
      const metadata = { resourceVersion: String(page.version), continue: page.goOn };
      send(response, 200, { kind: 'List', metadata, items: page.items.filter(labelled(asked)) });
    } catch (error) {
      if (error instanceof Compacted) send(response, 410, expired);
      else throw error;
    }
  }

  function openWatch(asked: KubeAsked, response: ServerResponse): void {
    const selection = selectionOf(asked) ?? { plural: '' };
    const watch: OpenWatch = { selection, response };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    try {
      const from = Number(asked.query.get('resourceVersion'));
      const stop = world.watch(selection, from, (event) => {
        tellEvent(watch, event);
      });
      watches.add(watch);
      response.on('close', () => {
        watches.delete(watch);
        stop();
      });
    } catch (error) {
      if (!(error instanceof Compacted)) throw error;
      response.end(`${JSON.stringify({ type: 'ERROR', object: expired })}\n`);
    }
  }

  /** A watch that was ended may still be listed until its socket is closed. */
  function mayTell(response: ServerResponse): boolean {
    return !server.silent && !response.writableEnded;
  }

  function tellEvent({ response }: OpenWatch, { type, object }: KubeEvent): void {
    if (mayTell(response)) response.write(`${JSON.stringify({ type, object })}\n`);
  }

  function tellBookmark({ response }: OpenWatch): void {
    const object = { metadata: { resourceVersion: String(world.version) } };
    if (mayTell(response)) response.write(`${JSON.stringify({ type: 'BOOKMARK', object })}\n`);
  }

  await new Promise<void>((resolve) => served.listen(port, 'localhost', resolve));
  return Object.assign(server, { url: `https://localhost:${(served.address() as AddressInfo).port}` });
}

async function askedOf(request: IncomingMessage): Promise<KubeAsked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'https://localhost');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** `/api/v1/namespaces/data/pods`, `/apis/apps/v1/statefulsets`, …; undefined for what is no list. */
function selectionOf({ path, query }: KubeAsked): Selection | undefined {
  const [, , namespace, plural] =
    /^\/(api\/v1|apis\/[^/]+\/v1)(?:\/namespaces\/([^/]+))?\/([a-z]+)$/.exec(path) ?? [];
  if (plural === undefined) return undefined;
  const name = /^metadata\.name=(.+)$/.exec(query.get('fieldSelector') ?? '')?.[1];
  return {
    plural,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
}

function misbehave(fault: KubeFault, response: ServerResponse): void {
  if (fault === 'mute') return;
  if (fault === 'drop') response.socket?.destroy();
  else if ('raw' in fault) response.end(fault.raw);
  else send(response, fault.status, fault.body ?? {}, fault.headers);
}

const leasesPath = /^\/apis\/coordination\.k8s\.io\/v1\/namespaces\/([^/]+)\/leases(?:\/([^/]+))?$/;

function isLeaseWrite({ method, path }: KubeAsked): boolean {
  return (method === 'POST' || method === 'PUT') && leasesPath.test(path);
}

/** Made once, and written only by who has read it as it is. */
function writeLease(world: KubeWorld, { method, path, body }: KubeAsked, response: ServerResponse): void {
  const [, namespace = '', inPath] = leasesPath.exec(path) ?? [];
  const object = JSON.parse(body) as { metadata: { name: string; resourceVersion?: string } };
  const { name, resourceVersion } = object.metadata;
  const selection = { plural: 'leases', namespace, name: inPath ?? name };
  const before = world.find(selection);
  const isNew = method === 'POST';
  const refusal = isNew ? refusedNew(before) : refusedChange(before, resourceVersion);
  if (refusal === undefined) send(response, isNew ? 201 : 200, world.put(selection, object));
  else send(response, refusal[0], status(...refusal, name));
}

type Refusal = readonly [code: number, reason: string] | undefined;

function refusedNew(before: KubeRaw | undefined): Refusal {
  return before === undefined ? undefined : [409, 'AlreadyExists'];
}

function refusedChange(before: KubeRaw | undefined, version: string | undefined): Refusal {
  if (before === undefined) return [404, 'NotFound'];
  return before.metadata.resourceVersion === version ? undefined : [409, 'Conflict'];
}

function status(code: number, reason: string, name: string): object {
  return { kind: 'Status', status: 'Failure', code, reason, message: `leases "${name}": ${reason}` };
}

/** `labelSelector=key=value`; everything without it. */
function labelled({ query }: KubeAsked): (object: KubeRaw) => boolean {
  const [key = '', value] = (query.get('labelSelector') ?? '').split('=');
  return ({ metadata }) =>
    value === undefined || (metadata as { labels?: Record<string, string> }).labels?.[key] === value;
}

/** Everything is allowed but deleting. */
function reviewAnswer({ body }: KubeAsked, response: ServerResponse): void {
  const { spec } = JSON.parse(body) as { spec: { resourceAttributes: { verb: string } } };
  send(response, 201, { status: { allowed: spec.resourceAttributes.verb !== 'delete' } });
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** As a real API server says it. */
export const expired = {
  kind: 'Status',
  status: 'Failure',
  message: 'too old resource version',
  reason: 'Expired',
  code: 410,
};

/** A refusal as a real API server says it. */
export function forbidden(what: string): KubeFault {
  const message = `${what} is forbidden: User "auditor" cannot list resource "${what}"`;
  return {
    status: 403,
    body: { kind: 'Status', status: 'Failure', message, reason: 'Forbidden', code: 403 },
  };
}
