"""Writing into databags."""

from collections.abc import Mapping

import ops


def write(relation: ops.Relation, entity: ops.Application | ops.Unit, values: Mapping[str, str]) -> None:
    """Write what differs; an empty text removes its key. Juju wakes the other side for every change."""
    bag = relation.data[entity]
    for key, value in values.items():
        if bag.get(key, "") != value:
            bag[key] = value


def of_remote_app(relation: ops.Relation | None) -> Mapping[str, str]:
    """What the other application wrote; nothing where the relation is ending."""
    if relation is None or not relation.active:
        return {}
    return dict(relation.data[relation.app])
