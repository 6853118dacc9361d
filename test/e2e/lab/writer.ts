import { must, type Caller } from './calls.js';

const paths = {
  pods: '/api/v1/namespaces/data/pods',
  services: '/api/v1/namespaces/data/services',
  networkPolicies: '/apis/networking.k8s.io/v1/namespaces/data/networkpolicies',
} as const;

const specs = {
  pods: { containers: [{ name: 'main', image: 'registry.example.test/app:1' }] },
  services: { ports: [{ port: 5432 }] },
  networkPolicies: { podSelector: {} },
} as const;

/** Makes objects of three kinds, changes them and takes them away, each differently than before. */
export class Writer {
  readonly #admin: () => Caller;
  readonly #alive: [kind: keyof typeof paths, name: string][] = [];
  changes = 0;

  constructor(admin: () => Caller) {
    this.#admin = admin;
  }

  /** One object comes in each round; of the older ones every second is changed and every fifth goes. */
  async rounds(count: number): Promise<void> {
    for (let round = 0; round < count; round += 1) {
      await this.#make();
      const [kind, name] = this.#alive[(this.changes * 7) % this.#alive.length] ?? ['pods', ''];
      if (round % 2 === 0) await this.#change(kind, name);
      if (round % 5 === 4) await this.#remove();
    }
  }

  async #make(): Promise<void> {
    const kind = (['pods', 'services', 'networkPolicies'] as const)[this.changes % 3] ?? 'pods';
    const name = `o${this.changes}`;
    await this.#call('POST', paths[kind], {
      metadata: { name, labels: { value: 'new' } },
      spec: specs[kind],
    });
    this.#alive.push([kind, name]);
  }

  async #change(kind: keyof typeof paths, name: string): Promise<void> {
    await this.#call('PATCH', `${paths[kind]}/${name}`, {
      metadata: { labels: { value: `v${this.changes}` } },
    });
  }

  async #remove(): Promise<void> {
    const [kind, name] = this.#alive.shift() ?? ['pods', ''];
    await this.#call('DELETE', `${paths[kind]}/${name}`, { gracePeriodSeconds: 0 });
  }

  async #call(method: 'POST' | 'PATCH' | 'DELETE', path: string, body: object): Promise<void> {
    await must(this.#admin(), method, path, body);
    this.changes += 1;
  }
}
