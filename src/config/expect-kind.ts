import { InputError } from '../core/input-error.js';

/** How each document of ours is made. */
const makers = {
  Report: 'holdfast audit --format json --output FILE',
  Plan: 'holdfast plan --format json --output FILE',
  Snapshot: 'holdfast snapshot --juju --output FILE',
} as const;

/** @throws InputError when a value is not one of our documents of that kind, with what it is and how to make one. */
export function expectKind(value: unknown, kind: keyof typeof makers, source: string): void {
  const found = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  if (found === kind) return;
  const what = typeof found === 'string' ? `its kind is ${found.slice(0, 40)}` : 'it names no kind';
  throw new InputError(`${source} is no ${kind.toLowerCase()}: ${what}; "${makers[kind]}" makes one`);
}
