/** Every address that must be able to reach the controller, as far as it is seen. */
import { isKnown } from '../fact.js';
import type { ApplicationState, ControllerState, Machine, ModelState, Unit } from '../snapshot.js';

/** The addresses, or why some of them are not known. */
export type Seen = { readonly addresses: readonly string[] } | { readonly gap: string };

/** Of all machines and units of all models, the controller's own among them. */
export function addressesOf(controller: ControllerState): Seen {
  const addresses: string[] = [];
  for (const model of Object.values(controller.models)) {
    const seen = ofModel(model);
    if ('gap' in seen) return seen;
    addresses.push(...seen.addresses);
  }
  return { addresses };
}

function ofModel(model: ModelState): Seen {
  if (!isKnown(model.machines)) return { gap: `the machines of model ${model.name} were not read` };
  const machines = Object.values(model.machines.value);
  const bare = machines.find((machine) => ofMachine(machine).length === 0);
  if (bare !== undefined) return { gap: `machine ${bare.id} of model ${model.name} shows no address` };
  const seen = ofUnits(model);
  return 'gap' in seen ? seen : { addresses: [...machines.flatMap(ofMachine), ...seen.addresses] };
}

function ofMachine({ address, addresses }: Machine): readonly string[] {
  return [...addresses, ...(address === undefined ? [] : [address])].filter((one) => one !== '');
}

function ofUnits(model: ModelState): Seen {
  const addresses: string[] = [];
  for (const app of Object.values(model.applications)) {
    const units = unitsIn(app);
    if (units === undefined) return { gap: `the units of ${app.name} were not read` };
    const hidden = units.find((unit) => !isPlaced(unit));
    if (hidden !== undefined) return { gap: `unit ${hidden.name} shows no address` };
    addresses.push(...units.flatMap(({ address }) => (hasText(address) ? [address] : [])));
  }
  return { addresses };
}

function unitsIn({ units }: ApplicationState): readonly Unit[] | undefined {
  return isKnown(units) ? Object.values(units.value) : undefined;
}

/** A unit on a machine or beside a principal is reached where that is. */
function isPlaced({ address, machine, principal }: Unit): boolean {
  return hasText(address) || hasText(machine) || hasText(principal);
}

function hasText(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
