import type { Unit } from '../../core/snapshot.js';
import type { Companion, Trouble } from './subordinate.js';

/** The reasons that the two companions give. */
export const landscapeReasons = {
  NotRegistered: 'Landscape Client is beside the unit, but has not registered with a Landscape server.',
} as const;

export const proReasons = {
  NotAttached: 'The Ubuntu Pro charm is beside the unit, but the machine is not attached.',
  EsmServiceOff: 'The machine is attached, but without esm-infra or esm-apps.',
  ServicesNotShown: 'The machine is attached, and which services are on is not shown.',
} as const;

/** Landscape Client; its newest status text is `Client registered!`, older revisions say it in another way. */
export const landscapeClient: Companion = {
  charms: ['landscape-client'],
  endpoint: 'container',
  what: 'a registered Landscape Client',
  trouble: (unit) => {
    const registered = /client registered|successfully registered/i.test(unit.workloadMessage);
    if (unit.workload === 'active' && registered) return undefined;
    return { says: 'bad', reason: 'NotRegistered', words: `is not registered: ${statusText(unit)}` };
  },
};

/** Ubuntu Pro; `ubuntu-advantage` is the same charm under its old name, for older bases. */
export const ubuntuPro: Companion = {
  charms: ['ubuntu-pro', 'ubuntu-advantage'],
  endpoint: 'juju-info',
  what: 'an attached Ubuntu Pro with esm-infra and esm-apps',
  trouble: proTrouble,
};

function proTrouble(unit: Unit): Trouble | undefined {
  const attached = /^Attached\b(?:\s*\(([^)]*)\))?/.exec(unit.workloadMessage);
  if (unit.workload !== 'active' || attached === null) {
    return { says: 'bad', reason: 'NotAttached', words: `is not attached: ${statusText(unit)}` };
  }
  const services = attached[1]?.split(',').map((service) => service.trim());
  if (services === undefined) {
    return {
      says: 'nothing',
      reason: 'ServicesNotShown',
      words: 'is attached, with services that its status does not show',
    };
  }
  const off = ['esm-infra', 'esm-apps'].filter((service) => !services.includes(service));
  if (off.length === 0) return undefined;
  return { says: 'bad', reason: 'EsmServiceOff', words: `is attached without ${off.join(' and ')}` };
}

function statusText(unit: Unit): string {
  return unit.workloadMessage === '' ? unit.workload : `${unit.workload} (${unit.workloadMessage})`;
}
