import type { Dict } from '../../../src/core/dict.js';
import { valueOf, type Fact } from '../../../src/core/fact.js';
import type { KubeObject } from '../../../src/core/kube/object.js';
import type { KubeSource } from '../../../src/core/ports/kube.js';
import { must, type Caller } from './calls.js';

type Picture = Readonly<Record<string, string>>;

const lists = [
  ['pods', '/api/v1/namespaces/data/pods'],
  ['services', '/api/v1/namespaces/data/services'],
  ['networkPolicies', '/apis/networking.k8s.io/v1/namespaces/data/networkpolicies'],
] as const;

/**
 * Knows only what it is told: it looks at the source when the source says that something changed, and never else. So
 * whatever it does not know in the end was missed.
 */
export class Witness {
  readonly #source: KubeSource;
  #known: Picture = {};
  told = 0;

  constructor(source: KubeSource) {
    this.#source = source;
    source.onChange(() => {
      this.told += 1;
      this.#known = pictureOf(this.#source);
    });
  }

  /** Objects of which it knows something else than the API server does, or that only one of both knows. */
  async missed(admin: Caller): Promise<readonly string[]> {
    const truth = await truthOf(admin);
    const names = new Set([...Object.keys(truth), ...Object.keys(this.#known)]);
    return [...names].filter((name) => truth[name] !== this.#known[name]).sort();
  }
}

function pictureOf(source: KubeSource): Picture {
  const data = source.current().namespaces['data'];
  const picture: Record<string, string> = {};
  for (const [key] of lists) {
    const fact: Fact<Dict<KubeObject>> | undefined = data?.[key];
    const objects = fact && valueOf(fact);
    for (const [name, { uid, labels }] of Object.entries(objects ?? {}))
      picture[`${key}/${name}`] = `${uid} ${labels['value'] ?? ''}`;
  }
  return picture;
}

interface Listed {
  readonly items: readonly {
    readonly metadata: { name: string; uid: string; labels?: Record<string, string> };
  }[];
}

async function truthOf(admin: Caller): Promise<Picture> {
  const picture: Record<string, string> = {};
  for (const [key, path] of lists) {
    const { items } = (await must(admin, 'GET', path)) as unknown as Listed;
    for (const { metadata } of items)
      picture[`${key}/${metadata.name}`] = `${metadata.uid} ${metadata.labels?.['value'] ?? ''}`;
  }
  return picture;
}
