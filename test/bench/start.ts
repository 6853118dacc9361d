/** What the start of a command is made of. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { run } from './commands.ts';
import type { Files } from './files.ts';
import { ms, sampleOf, type Result } from './measure.ts';

const script = fileURLToPath(new URL('start-parts.ts', import.meta.url));

export function startResults({ folder, small }: Files, rounds: number): readonly Result[] {
  const runs = Array.from({ length: rounds + 1 }, () => partsOf(small, join(folder, 'start-cache'))).slice(1);
  const names = Object.keys(runs[0] ?? {});
  return names.map((name, index) => {
    const before = names[index - 1];
    const sample = sampleOf(
      runs.map((at) => (at[name] ?? NaN) - (before === undefined ? 0 : (at[before] ?? NaN))),
    );
    return { id: `start ${name}`, what: name, measured: ms(sample), budget: 'none', figures: { sample } };
  });
}

function partsOf(file: string, cache: string): Readonly<Record<string, number>> {
  return JSON.parse(run(process.execPath, [script, file, cache], [0])) as Record<string, number>;
}
