import type { KubeAsked, KubeFault } from './kube-server.js';

interface Stored {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly resourceVersion: string;
  };
  readonly [key: string]: unknown;
}

/** What an API server does with reports and Events: to be handed to a server as what it does instead of its own. */
export class ReportApi {
  /** Plurals served, by group and version. */
  served: Readonly<Record<string, readonly string[]>> = {
    'openreports.io/v1alpha1': ['reports', 'clusterreports'],
  };
  /** Asked before everything else. */
  faults: (asked: KubeAsked) => KubeFault | undefined = () => undefined;
  /** By path. */
  readonly objects = new Map<string, Stored>();
  /** Everything that changes something and came in, refused or not: method and path. */
  readonly changes: string[] = [];
  #version = 1000;

  /** Undefined for what is not about reports and Events. */
  readonly answer = (asked: KubeAsked): KubeFault | undefined => {
    const [, root, rest] = /^\/apis\/([a-z.0-9]+\/[a-z0-9]+)(\/.*)?$/.exec(asked.path) ?? [];
    if (root === undefined || !isOurs(root)) return undefined;
    if (asked.method !== 'GET') this.changes.push(`${asked.method} ${asked.path}`);
    const fault = this.faults(asked);
    if (fault !== undefined) return fault;
    if (root !== 'events.k8s.io/v1' && this.served[root] === undefined) return refusal(404, 'NotFound');
    if (rest === undefined) return { status: 200, body: { resources: this.served[root]?.map(named) } };
    return this.#onObjects(asked);
  };

  /** Somebody else changes an object. */
  tamper(path: string): void {
    const object = this.objects.get(path);
    if (object !== undefined) this.#put(path, { ...object, summary: { fail: 0 } });
  }

  paths(): readonly string[] {
    return [...this.objects.keys()].sort();
  }

  #onObjects(asked: KubeAsked): KubeFault {
    const { method, path, body } = asked;
    if (method === 'GET') return { status: 200, body: this.#list(asked) };
    const before = this.objects.get(path);
    if (method === 'POST') {
      const object = JSON.parse(body) as Stored;
      return { status: 201, body: this.#put(`${path}/${object.metadata.name}`, object) };
    }
    if (method === 'DELETE') {
      this.objects.delete(path);
      return before === undefined ? refusal(404, 'NotFound') : { status: 200, body: {} };
    }
    if (path.includes('/events/') && before === undefined) return refusal(404, 'NotFound');
    const patch = JSON.parse(body) as Stored;
    return {
      status: 200,
      body: this.#put(path, path.includes('/events/') ? { ...before, ...patch } : patch),
    };
  }

  #put(path: string, object: Stored): Stored {
    this.#version += 1;
    const metadata = { ...object.metadata, resourceVersion: String(this.#version) };
    const stored = { ...object, metadata: { ...this.objects.get(path)?.metadata, ...metadata } };
    this.objects.set(path, stored);
    return stored;
  }

  #list({ path, query }: KubeAsked): object {
    const [, api = '', plural = ''] =
      /^(\/apis\/[^/]+\/[^/]+)(?:\/namespaces\/[^/]+)?\/([a-z]+)$/.exec(path) ?? [];
    const within = path.includes('/namespaces/') ? `${path}/` : `${api}/`;
    const wanted = (query.get('labelSelector') ?? '').split(',').map((pair) => pair.split('='));
    const items = [...this.objects]
      .filter(([at]) => at.startsWith(within) && at.split('/').at(-2) === plural)
      .map(([, object]) => object)
      .filter(({ metadata }) => wanted.every(([key = '', value]) => metadata.labels?.[key] === value));
    const start = Number(query.get('continue') ?? 0);
    const end = start + Number(query.get('limit'));
    const goOn = end < items.length ? { continue: String(end) } : {};
    return { metadata: goOn, items: items.slice(start, end).map(({ metadata }) => ({ metadata })) };
  }
}

function isOurs(root: string): boolean {
  return /^(openreports\.io|wgpolicyk8s\.io|events\.k8s\.io)\//.test(root);
}

function named(name: string): { readonly name: string } {
  return { name };
}

/** As an API server words it. */
export function refusal(status: number, reason: string, message = `${reason}, says the server`): KubeFault {
  return { status, body: { kind: 'Status', status: 'Failure', reason, message, code: status } };
}
