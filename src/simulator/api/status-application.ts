import { charmUrl, unitCharmUrl } from '../world/charm-url.js';
import { endpointsOf } from '../world/endpoints.js';
import { principalsOf } from '../world/subordinates.js';
import type { SimApplication, SimUnit } from '../world/state.js';
import { applicationStatus } from './application-status.js';
import { detailed, noStatus } from './detailed-status.js';

/** An application as FullStatus shows it, its units and their subordinates included. */
export function applicationEntry(application: SimApplication): object {
  const { model, charm } = application;
  const subordinate = charm.subordinate === true;
  const isPod = model.type === 'caas';
  return {
    charm: charmUrl(application),
    'charm-version': '',
    'charm-profile': '',
    ...(application.channel === '' ? {} : { 'charm-channel': application.channel }),
    ...(application.revision === 0 ? {} : { 'charm-rev': application.revision }),
    base: { name: 'ubuntu', channel: `${application.base}/stable` },
    exposed: application.exposed.size > 0,
    ...exposedEndpoints(application),
    life: 'alive',
    relations: relatedNames(application),
    'can-upgrade-to': application.canUpgradeTo,
    'subordinate-to': subordinate ? principalsOf(model, application.name) : [],
    units: subordinate ? null : unitEntries(application.units),
    ...(model.controller.flavour === '3.6' ? { 'meter-statuses': null } : {}),
    status: statusOf(application),
    'workload-version': application.workloadVersion,
    'endpoint-bindings': bindings(application),
    ...(isPod ? { int: application.units.length, 'provider-id': `${model.name}/${application.name}` } : {}),
    'public-address': isPod ? (application.units[0]?.address ?? '') : '',
  };
}

export function exposedEndpoints({ exposed }: SimApplication): object {
  if (exposed.size === 0) return {};
  const entries = [...exposed].map(([endpoint, { cidrs, spaces }]) => {
    const open = { 'expose-to-cidrs': cidrs, ...(spaces.length > 0 ? { 'expose-to-spaces': spaces } : {}) };
    return [endpoint, open];
  });
  return { 'exposed-endpoints': Object.fromEntries(entries) as object };
}

export function bindings({ model, name }: SimApplication): Record<string, string> {
  const names = (endpointsOf(model, name) ?? []).map((endpoint) => endpoint.name).sort();
  return Object.fromEntries(['', ...names].map((endpoint) => [endpoint, 'alpha']));
}

function statusOf(application: SimApplication): object {
  const status = applicationStatus(application);
  if (status === undefined) return { ...noStatus, status: 'unknown' };
  return detailed(status, { data: null });
}

function relatedNames({ model, name }: SimApplication): Record<string, readonly string[]> {
  const related = new Map<string, string[]>();
  for (const { sides } of model.relations.values()) {
    for (const [index, side] of sides.entries()) {
      if (side.application !== name) continue;
      const other = sides[1 - index]?.application ?? name;
      related.set(side.endpoint.name, [...(related.get(side.endpoint.name) ?? []), other].sort());
    }
  }
  return Object.fromEntries([...related].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function unitEntries(units: readonly SimUnit[]): Record<string, object> {
  return Object.fromEntries(units.map((unit) => [unit.name, unitEntry(unit)]));
}

function unitEntry(unit: SimUnit): object {
  const { application } = unit;
  const isPod = application.model.type === 'caas';
  return {
    'agent-status': detailed(unit.agent, { version: application.model.controller.version, life: 'alive' }),
    'workload-status': detailed(unit.workload),
    'workload-version': application.workloadVersion,
    machine: unit.machine,
    'opened-ports': unit.openPorts.length > 0 ? unit.openPorts : null,
    'public-address': isPod ? '' : unit.address,
    charm: unitCharmUrl(unit),
    subordinates: subordinatesOf(unit),
    ...(unit.leader ? { leader: true } : {}),
    ...(isPod ? { 'provider-id': unit.name.replace('/', '-'), address: unit.address } : {}),
  };
}

function subordinatesOf(unit: SimUnit): Record<string, object> | null {
  if (unit.principal !== undefined) return null;
  const others = [...unit.application.model.applications.values()].filter(({ charm }) => charm.subordinate);
  const own = others.flatMap(({ units }) => units.filter(({ principal }) => principal === unit));
  return own.length > 0 ? unitEntries(own) : null;
}
