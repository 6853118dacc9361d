import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** One of the programs that `make e2e` found. */
export function prometheusProgram(name: 'prometheus' | 'promtool' | 'prometheus-alertmanager'): string {
  const folder = process.env['HOLDFAST_PROM_BIN'];
  if (folder === undefined) throw new Error('HOLDFAST_PROM_BIN names no folder: run make e2e');
  return join(folder, name);
}

/** Runs promtool to its end; resolves to its exit code and all that it said. */
export async function promtool(
  argv: readonly string[],
  input = '',
): Promise<{ readonly code: number; readonly said: string }> {
  const child = spawn(prometheusProgram('promtool'), argv, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, said };
}

/** Where such a program says what it does; below build/e2e. */
export function logOf(name: string): string {
  return join(import.meta.dirname, `../../../build/e2e/${name}.log`);
}
