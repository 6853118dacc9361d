import { newDict } from '../../core/dict.js';
import type { Unit } from '../../core/snapshot.js';
import { branch, defined, statusError, text, textOr, texts, type Branch } from './json.js';

/** Units of all applications, subordinates' units under their own application, and what Juju could not read. */
export interface UnitTable {
  readonly units: Record<string, Record<string, Unit>>;
  /** By application: the first reason why its units are not all known. */
  readonly errors: Record<string, string>;
}

/** Walks all units of a status, the subordinate ones nested in their principals included. */
export function readUnits(applications: Branch): UnitTable {
  const table: UnitTable = { units: newDict(), errors: newDict() };
  for (const application of Object.keys(applications)) {
    const units = branch(branch(applications[application])['units']);
    for (const name of Object.keys(units)) addPrincipal(table, application, name, branch(units[name]));
  }
  return table;
}

function addPrincipal(table: UnitTable, application: string, name: string, raw: Branch): void {
  addUnit(table, application, raw, { name });
  const subordinates = branch(raw['subordinates']);
  for (const nested of Object.keys(subordinates)) {
    const place = { name: nested, principal: name, machine: textOr(raw['machine']) };
    addUnit(
      table,
      nested.slice(0, Math.max(0, nested.lastIndexOf('/'))),
      branch(subordinates[nested]),
      place,
    );
  }
}

interface Place {
  readonly name: string;
  readonly principal?: string;
  /** The principal's machine: Juju names none for a subordinate's unit. */
  readonly machine?: string | undefined;
}

function addUnit(table: UnitTable, application: string, raw: Branch, place: Place): void {
  const agent = branch(raw['juju-status']);
  const workload = branch(raw['workload-status']);
  const error = statusError(raw) ?? statusError(agent) ?? statusError(workload);
  if (error !== undefined) table.errors[application] ??= `unit ${place.name}: ${error}`;
  const units = (table.units[application] ??= newDict());
  units[place.name] = defined<Unit>({
    name: place.name,
    machine: textOr(raw['machine']) ?? place.machine,
    leader: raw['leader'] === true ? true : undefined,
    address: textOr(raw['address']) ?? textOr(raw['public-address']),
    agent: text(agent['current']),
    agentMessage: text(agent['message']),
    workload: text(workload['current']),
    workloadMessage: text(workload['message']),
    principal: place.principal,
    openPorts: Array.isArray(raw['open-ports']) ? texts(raw['open-ports']) : undefined,
    version: textOr(agent['version']),
    upgradingFrom: textOr(raw['upgrading-from']),
  });
}
