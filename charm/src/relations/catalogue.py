"""`catalogue`: an entry with the way to the page."""

import ops

from relations import databag

ENDPOINT = "catalogue"


def publish(charm: ops.CharmBase, url: str | None) -> None:
    """List the page where people can reach it."""
    if not charm.unit.is_leader():
        return
    entry = {
        "name": "Holdfast",
        "description": "How far Juju deployments are as their hardening guides ask, and what is done about the rest.",
        "icon": "shield-check",
        "url": url or "",
    }
    for relation in charm.model.relations[ENDPOINT]:
        if relation.active:
            databag.write(relation, charm.app, entry)
