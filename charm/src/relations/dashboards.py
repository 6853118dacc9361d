"""`grafana_dashboard`: our dashboards."""

import json
import uuid
from typing import Any

import ops
from cosl import DashboardPath40UID, JujuTopology, LZMABase64

from relations import databag

ENDPOINT = "grafana-dashboard"
_SPACE = uuid.UUID("6f2f0a0e-8f6b-5f5e-9d0a-3a8a4c1a7b55")


def publish(charm: ops.CharmBase) -> None:
    """Give every Grafana the dashboards; they are Grafana's to remove with the relation."""
    relations = [one for one in charm.model.relations[ENDPOINT] if one.active]
    if not relations or not charm.unit.is_leader():
        return
    text = json.dumps(_dashboards(charm), sort_keys=True)
    for relation in relations:
        databag.write(relation, charm.app, {"dashboards": text})


def _dashboards(charm: ops.CharmBase) -> dict[str, Any]:
    folder = charm.charm_dir / "src" / "grafana_dashboards"
    topology = JujuTopology.from_charm(charm).as_dict()
    place = {key: topology[key] for key in ("model", "model_uuid", "application", "unit")}
    place["unit"] = f"{charm.app.name}/0"
    templates = {
        f"file:{file.stem}": {
            "charm": charm.meta.name,
            "content": LZMABase64.compress(file.read_text()),
            "juju_topology": place,
            "inject_dropdowns": True,
            "dashboard_alt_uid": DashboardPath40UID.generate(charm.meta.name, file.name),
        }
        for file in sorted(folder.glob("*.json"))
    }
    # The consumer looks anew when this changes: it follows from the content.
    return {"templates": templates, "uuid": str(uuid.uuid5(_SPACE, json.dumps(templates, sort_keys=True)))}
