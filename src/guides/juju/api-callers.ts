import type { ControllerView, ModelView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { coveredBy } from '../shared/cidr.js';

/**
 * Whether anyone who must reach the controller's API could be outside these networks: a machine or unit of any model,
 * or a controller on the other side of a cross-model relation, whose address is not known here. What was not read
 * counts as outside.
 */
export function callersOutside(view: ControllerView, cidrs: readonly string[]): boolean {
  return view.models().some((model) => {
    const addresses = addressesOf(model);
    return (
      addresses === undefined ||
      hasForeignPeers(model) ||
      addresses.some((address) => !coveredBy(cidrs, address))
    );
  });
}

/** All addresses of a model's machines and units; undefined when they were not all read. */
function addressesOf(model: ModelView): readonly string[] | undefined {
  const machines = model.get('machines');
  if (!isKnown(machines)) return undefined;
  const found = Object.values(machines.value).flatMap(({ address, addresses }) => [
    ...(address === undefined ? [] : [address]),
    ...addresses,
  ]);
  for (const app of model.applications()) {
    const units = app.get('units');
    if (!isKnown(units)) return undefined;
    for (const { address } of Object.values(units.value)) if (address !== undefined) found.push(address);
  }
  return found.filter((address) => address !== '');
}

/** Relations to or from models of other controllers, as far as they can be excluded. */
function hasForeignPeers(model: ModelView): boolean {
  const remotes = valueOf(model.get('remoteApplications'));
  const offers = valueOf(model.get('offers'));
  if (remotes === undefined || offers === undefined) return true;
  const consumed = Object.values(offers).some(({ connections }) => connections !== 0);
  return consumed || Object.values(remotes).some(({ offerUrl }) => offerUrl.includes(':'));
}
