/** An OCI image as somebody names it, taken apart. */
export interface ImageReference {
  /** Registry and path, Docker Hub written out: `docker.io/ubuntu/grafana-agent`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…`. */
  readonly digest?: string;
}

/** Reads `registry/path:tag@sha256:…`; some runtimes put their own scheme before it. */
export function imageReference(text: string): ImageReference {
  const [named = '', digest] = text.replace(/^[a-z-]+:\/\//, '').split('@');
  const colon = named.lastIndexOf(':');
  const isTag = colon > named.lastIndexOf('/');
  const path = isTag ? named.slice(0, colon) : named;
  return {
    repository: qualified(path),
    ...(isTag ? { tag: named.slice(colon + 1) } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Whether an image lies in a registry, or below a path of one. */
export function liesIn(repository: string, registry: string): boolean {
  const place = registry.includes('/') || isHost(registry) ? qualified(registry) : `docker.io/${registry}`;
  return repository === place || repository.startsWith(`${place}/`);
}

/** What names no registry is on Docker Hub. */
function qualified(path: string): string {
  const [first = '', ...rest] = path.split('/');
  if (isHost(first)) return path;
  return rest.length === 0 ? `docker.io/library/${path}` : `docker.io/${path}`;
}

function isHost(part: string): boolean {
  return part.includes('.') || part.includes(':') || part === 'localhost';
}
