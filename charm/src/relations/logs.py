"""`loki_push_api`: Pebble forwards the daemon's log."""

import json
from typing import Any

import ops
from cosl import JujuTopology

from relations import databag

ENDPOINT = "logging"


def publish(charm: ops.CharmBase) -> None:
    """Say who we are. There are no alert rules on logs: all that alerts is a metric, too."""
    if not charm.unit.is_leader():
        return
    metadata = json.dumps(JujuTopology.from_charm(charm).as_dict())
    for relation in charm.model.relations[ENDPOINT]:
        if relation.active:
            databag.write(relation, charm.app, {"metadata": metadata, "alert_rules": "{}"})


def targets(charm: ops.CharmBase) -> dict[str, Any]:
    """Give the log targets of the Pebble layer: one for each unit of Loki."""
    found: dict[str, Any] = {}
    for relation in charm.model.relations[ENDPOINT]:
        for unit in sorted(relation.units if relation.active else (), key=lambda one: one.name):
            if url := _url(relation.data[unit].get("endpoint")):
                found[f"{relation.id}-{unit.name.replace('/', '-')}"] = _target(charm, url)
    return found


def _url(endpoint: str | None) -> str | None:
    try:
        found = json.loads(endpoint or "{}")
    except ValueError:
        return None
    return found.get("url") if isinstance(found, dict) else None


def _target(charm: ops.CharmBase, url: str) -> dict[str, Any]:
    topology = JujuTopology.from_charm(charm)
    labels = {
        "product": "Juju",
        "charm": charm.meta.name,
        "juju_model": topology.model,
        "juju_model_uuid": topology.model_uuid,
        "juju_application": topology.application,
        "juju_unit": charm.unit.name,
        "job": f"juju_{topology.identifier}",
    }
    return {"override": "replace", "type": "loki", "location": url, "services": ["all"], "labels": labels}
