/** The offering model's side of a cross-model relation: it shows only as a connection of the offer. */
import { touch, type SimModel, type SimRelation } from './state.js';

export function connect(model: SimModel, relation: SimRelation): void {
  for (const side of relation.sides) {
    const remote = model.remotes.get(side.application);
    if (remote === undefined) continue;
    const id = remote.offerModel.nextRelation++;
    remote.offer.connections.push({ model, relation, id, endpoint: side.endpoint.name });
    touch(remote.offerModel);
  }
}

export function disconnect(model: SimModel, relation: SimRelation): void {
  for (const side of relation.sides) {
    const remote = model.remotes.get(side.application);
    if (remote === undefined) continue;
    const index = remote.offer.connections.findIndex((connection) => connection.relation === relation);
    if (index >= 0) remote.offer.connections.splice(index, 1);
    touch(remote.offerModel);
  }
}
