/** How many controls each guide has, by what they are evaluated from and by how they are put right. */
import type { Control, Guide } from '../src/core/control.js';

/** In the order of the catalogue: status, calls, Kubernetes, probes, workload, Charmhub, attestations, history, stack. */
const kinds = ['S', 'J', 'K', 'P', 'W', 'H', 'A', 'N', 'O'] as const;
const fixes = ['auto', 'disruptive', 'manual'] as const;

/** A line for each guide and one of totals, of the controls that count; a control counts once for each of its kinds. */
export function guideTable(
  guides: readonly Guide[],
  counts: (control: Control) => boolean = () => true,
): readonly string[] {
  const own = guides.map(({ id, controls }) => [id, controls.filter(counts)] as const);
  const all = own.flatMap(([, controls]) => controls);
  return [
    line('guide', ['controls', ...kinds, ...fixes]),
    ...[...own, ['total', all] as const].map(([id, controls]) => line(id, figures(controls))),
  ];
}

function figures(controls: readonly Control[]): readonly string[] {
  return [
    controls.length,
    ...kinds.map((kind) => controls.filter(({ evidence }) => evidence.includes(kind)).length),
    ...fixes.map((fix) => controls.filter(({ remediation }) => remediation === fix).length),
  ].map(String);
}

const widths = [8, ...kinds.map(() => 3), 5, 10, 6];

function line(name: string, cells: readonly string[]): string {
  return [name.padEnd(24), ...cells.map((cell, at) => cell.padStart(widths[at] ?? 0))].join(' ');
}
