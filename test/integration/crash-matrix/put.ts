import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Leaves a part of the matrix, as Markdown, where `make crash-matrix` collects them. */
export function put(part: string, text: string): void {
  const folder = fileURLToPath(new URL('../../../build/crash-matrix', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${part}.md`), `${text}\n`);
}
