import type { SimApplication, SimUnit } from './state.js';

const series: Readonly<Record<string, string>> = { '20.04': 'focal', '22.04': 'jammy', '24.04': 'noble' };

/** As FullStatus names the charm: 3.6 keeps the series in it, 4.x does not; local charms have no architecture. */
export function charmUrl({ model, charm, origin, base, revision }: SimApplication): string {
  if (origin === 'local') return `local:${charm.name}-${revision}`;
  const place = model.controller.flavour === '3.6' ? `amd64/${series[base] ?? base}` : 'amd64';
  return `ch:${place}/${charm.name}-${revision}`;
}

/** As FullStatus names the charm of a unit that is behind its application; empty for all others. */
export function unitCharmUrl({ application, revision }: SimUnit): string {
  return revision === application.revision ? '' : charmUrl({ ...application, revision });
}

/** As offers name the charm: a local one with its architecture too. */
export function offerCharmUrl(application: SimApplication): string {
  return charmUrl(application).replace(/^local:/, 'local:amd64/');
}
