"""`alertmanager_dispatch`: Alertmanagers that the daemon tells what falls short."""

import ops

ENDPOINT = "alertmanager"


def urls(charm: ops.CharmBase) -> tuple[str, ...]:
    """Every Alertmanager that says where it is."""
    bags = [
        relation.data[unit]
        for relation in charm.model.relations[ENDPOINT]
        for unit in (relation.units if relation.active else ())
    ]
    return tuple(sorted({url for bag in bags if (url := _url(bag))}))


def _url(bag: ops.RelationDataContent) -> str | None:
    """As in version 1 of the interface, or else in version 0."""
    if url := bag.get("url"):
        return url.rstrip("/")
    address = bag.get("public_address")
    return f"{bag.get('scheme', 'http')}://{address}" if address else None
