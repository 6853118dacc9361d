import type { DiskLayers, InstalledSnap, PendingUpdates, ProStatus } from '../../core/evidence/system.js';
import { jsonOf, linesOf, ParseError, word } from './parse-error.js';

type Branch = Readonly<Record<string, unknown>>;

/** A part of an answer as an object; what is none counts as empty. */
export function branchOf(value: unknown): Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Branch) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `pro status --format json`, reduced to `attached` and the services with their status. @throws ParseError */
export function parsePro(text: string): ProStatus {
  const { attached, services } = branchOf(jsonOf(text));
  if (typeof attached !== 'boolean') throw new ParseError('does not say whether it is attached');
  const enabled = listOf(services)
    .map(branchOf)
    .filter(({ status }) => status === 'enabled')
    .map(({ name }) => word(textOf(name)));
  return { attached, enabled: enabled.slice(0, 64).sort() };
}

const counted = ['num_standard_security_updates', 'num_esm_infra_updates', 'num_esm_apps_updates'] as const;

/** The summary of `pro security-status --format json`. @throws ParseError */
export function parseUpdates(text: string): PendingUpdates {
  const { summary } = branchOf(jsonOf(text));
  const numbers = counted.map((name) => branchOf(summary)[name]);
  if (!numbers.every((count): count is number => typeof count === 'number'))
    throw new ParseError('does not count the updates');
  const restart = branchOf(summary)['reboot_required'];
  return { security: numbers.reduce((sum, count) => sum + count, 0), restartNeeded: restart === 'yes' };
}

const snapForm = /^(\S+)\s+(\S+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\S+)$/;

/** One snap of `snap list`: name, version, revision, tracking, publisher, notes. @throws ParseError */
export function parseSnap(text: string): InstalledSnap {
  const row = linesOf(text).find((line) => !line.startsWith('Name ') && line.trim() !== '');
  const [, name = '', version = '', revision = '', , , notes = ''] = snapForm.exec(row?.trim() ?? '') ?? [];
  if (revision === '') throw new ParseError('lists no snap');
  return {
    name: word(name),
    version: word(version),
    revision: Number(revision),
    held: notes.split(',').includes('held'),
  };
}

/** Deeper than any stack of volumes. */
const deepest = 16;

/** The folder's device as findmnt tells it, and the tree of devices of `lsblk --json`. @throws ParseError */
export function parseDisk(text: string): DiskLayers {
  const { device, tree } = branchOf(jsonOf(text));
  const name = textOf(device).replace(/\[.*$/, '');
  if (name === '') throw new ParseError('does not tell the device of the folder');
  const short = name.slice(name.lastIndexOf('/') + 1);
  const layers = listOf(branchOf(tree)['blockdevices']).flatMap(
    (top) => layersTo(branchOf(top), short, deepest) ?? [],
  );
  return { device: word(name), layers };
}

/** The kinds from the device named up to the disk that it lies on; undefined where it is not below. */
function layersTo(node: Branch, name: string, depth: number): readonly string[] | undefined {
  const type = word(textOf(node['type']));
  if (node['name'] === name || node['kname'] === name) return [type];
  if (depth === 0) return undefined;
  for (const child of listOf(node['children'])) {
    const below = layersTo(branchOf(child), name, depth - 1);
    if (below !== undefined) return [...below, type];
  }
  return undefined;
}
