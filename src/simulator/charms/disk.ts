/** What lies on a simulated unit, and what its programs print: as the charms write it, secrets included. */
import type { SimApplication, SimUnit } from '../world/state.js';
import type { ShellAnswer } from './behaviour.js';

export interface SimFile {
  readonly path: string;
  readonly text: string;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  readonly owner: string;
  readonly group: string;
  readonly isFolder?: true;
}

export interface UnitDisk {
  readonly files: readonly SimFile[];
  /** What programs print of themselves, by what they are asked for. */
  readonly programs: Readonly<Record<string, string>>;
}

/** Answers a command by what lies on a unit; undefined for a command that it does not know. */
export type UnitShell = (disk: UnitDisk, command: string) => ShellAnswer | undefined;

/** The password in every file of every simulated unit: whoever sees it outside has read more than he may. */
export const canary = 'canary-3f9a1c7e-never-to-be-seen';

export function fileOf(path: string, lines: readonly string[], mode: number, owner: string): SimFile {
  return { path, text: `${lines.join('\n')}\n`, mode, owner, group: owner === 'root' ? 'root' : owner };
}

/** What machines tell of themselves: attached where the Ubuntu Pro charm beside the unit is. */
export function systemPrograms(unit: SimUnit): Readonly<Record<string, string>> {
  const attached = besides(unit).some(
    ({ application, workload }) =>
      /^ubuntu-(?:pro|advantage)$/.test(application.charm.name) && workload.status === 'active',
  );
  const services = ['esm-apps', 'esm-infra', 'livepatch'].map((name) => ({
    name,
    status: attached ? 'enabled' : 'disabled',
  }));
  const none = {
    num_standard_security_updates: 0,
    num_esm_infra_updates: 0,
    num_esm_apps_updates: 0,
    reboot_required: 'no',
  };
  return {
    'pro-status': JSON.stringify({ attached, services }),
    'pro-updates': JSON.stringify({ summary: none }),
  };
}

function besides(unit: SimUnit): readonly SimUnit[] {
  return [...unit.application.model.applications.values()].flatMap(({ units }) =>
    units.filter(({ principal }) => principal === unit),
  );
}

/** What an option is set to; options are spelled by track. */
export function optionText({ settings, charm }: SimApplication, ...names: readonly string[]): string {
  const found = names
    .map((name) => settings.get(name) ?? charm.options[name]?.[1])
    .find((value) => value !== undefined);
  return String(found ?? '');
}

/** A row of `snap list`, held as the charms leave it. */
export function snapRow(name: string, version: string, revision: number): string {
  return `Name  Version  Rev  Tracking  Publisher  Notes\n${name}  ${version}  ${revision}  latest/stable  canonical**  held\n`;
}
