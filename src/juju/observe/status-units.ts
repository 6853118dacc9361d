import { newDict } from '../../core/dict.js';
import type { Unit } from '../../core/snapshot.js';
import type { Steps } from '../../core/steps.js';
import { branch, text, textOr, texts, type Branch } from '../status/json.js';
import { applicationOfUnit, type OnBadName } from './names.js';
import { errorOf } from './status-context.js';

/** Units by application, subordinates' units under their own, and what Juju could not read. */
export interface UnitTable {
  readonly units: Record<string, Record<string, Unit>>;
  /** By application: why its units are not all known. */
  readonly errors: Record<string, string>;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function* readUnits(applications: Branch, onBadName: OnBadName): Steps<UnitTable> {
  const table: UnitTable = { units: newDict(), errors: newDict() };
  for (const application of Object.keys(applications)) {
    const units = branch(branch(applications[application])['units']);
    for (const name of Object.keys(units)) {
      const owner = applicationOfUnit(name);
      if (owner === application) addPrincipal(table, name, branch(units[name]), onBadName);
      else onBadName('unit', name);
      yield;
    }
  }
  return table;
}

function addPrincipal(table: UnitTable, name: string, raw: Branch, onBadName: OnBadName): void {
  const principal = addUnit(table, applicationOfUnit(name) ?? '', name, raw);
  const subordinates = branch(raw['subordinates']);
  for (const nested of Object.keys(subordinates)) {
    const owner = applicationOfUnit(nested);
    if (owner === undefined) {
      onBadName('unit', nested);
      continue;
    }
    const unit = addUnit(table, owner, nested, branch(subordinates[nested]));
    unit.principal = name;
    // Juju names no machine for a subordinate: it runs where its principal runs.
    if (unit.machine === undefined && principal.machine !== undefined) unit.machine = principal.machine;
  }
}

function addUnit(table: UnitTable, application: string, name: string, raw: Branch): Writable<Unit> {
  const error = errorOf(raw, 'agent-status', 'workload-status');
  if (error !== undefined) table.errors[application] ??= `unit ${name}: ${error}`;
  const unit = unitOf(name, raw);
  (table.units[application] ??= newDict())[name] = unit;
  return unit;
}

function unitOf(name: string, raw: Branch): Writable<Unit> {
  const agent = branch(raw['agent-status']);
  const workload = branch(raw['workload-status']);
  const unit: Writable<Unit> = {
    name,
    agent: text(agent['status']),
    agentMessage: text(agent['info']),
    workload: text(workload['status']),
    workloadMessage: text(workload['info']),
  };
  addPlace(unit, raw);
  const version = textOr(agent['version']);
  if (version !== undefined) unit.version = version;
  return unit;
}

function addPlace(unit: Writable<Unit>, raw: Branch): void {
  const machine = textOr(raw['machine']);
  if (machine !== undefined) unit.machine = machine;
  const address = textOr(raw['address']) ?? textOr(raw['public-address']);
  if (address !== undefined) unit.address = address;
  if (raw['leader'] === true) unit.leader = true;
  const ports = raw['opened-ports'];
  if (Array.isArray(ports) && ports.length > 0) unit.openPorts = texts(ports);
  const charm = textOr(raw['charm']);
  if (charm !== undefined) unit.upgradingFrom = charm;
}
