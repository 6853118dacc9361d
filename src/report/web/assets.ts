/** Style sheet and script of the page: files with their hash in their name, so that a browser may keep them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}

export interface Assets {
  readonly style: Asset;
  readonly script: Asset;
  readonly icon: Asset;
}

/** They lie beside the program: `assets` is as far from `src/report/web` as from `dist/report/web`. */
const folder = new URL('../../../assets/', import.meta.url);

let read: Assets | undefined;

export function assets(): Assets {
  return (read ??= {
    style: asset('page.css', 'text/css; charset=utf-8'),
    script: asset('page.js', 'text/javascript; charset=utf-8'),
    icon: asset('icon.svg', 'image/svg+xml'),
  });
}

function asset(name: string, type: string): Asset {
  const body = readFileSync(new URL(name, folder));
  const [stem, ending] = name.split('.');
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path: `/assets/${stem ?? ''}.${hash}.${ending ?? ''}`, type, body };
}
