/** The page on looks into units names everything that is looked at. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Look } from '../../src/core/ports/workload-reader.js';
import { inquiries } from '../../src/workload/collect/inquiries.js';

const page = readFileSync(new URL('../../docs/how-to/look-inside-units.md', import.meta.url), 'utf8');

/** From the product's heading to the next one. */
function sectionOf(id: string): string {
  const heading = `### ${id.charAt(0).toUpperCase()}${id.slice(1)}\n`;
  const from = page.indexOf(heading);
  if (from < 0) return '';
  const to = page.indexOf('\n### ', from);
  return page.slice(from, to < 0 ? undefined : to);
}

function namesIn(look: Look): readonly string[] {
  if (look.kind === 'program') return [look.program];
  if (look.kind !== 'keys') return look.paths;
  const paths = look.each === true ? [(look.paths[0] ?? '').replace('_0/', '_N/')] : look.paths;
  return [...paths, ...look.keys];
}

describe('what is looked at', () => {
  test.each(inquiries.map((inquiry) => [inquiry.id, inquiry] as const))('in %s', (id, { looks, actions }) => {
    const section = sectionOf(id);
    const told = [...section.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    const containers = Object.values(looks).flatMap(({ container }) => container ?? []);
    const wanted = [...Object.values(looks).flatMap(namesIn), ...actions, ...containers];
    expect(new Set(told)).toEqual(new Set(wanted));
  });
});
