"""`prometheus_scrape`: where our metrics are, and the alerts on them."""

import json
import pathlib
from typing import Any

import ops
from cosl import JujuTopology
from cosl.rules import AlertRules

import daemon
from relations import databag

ENDPOINT = "metrics-endpoint"


def publish(charm: ops.CharmBase, page: daemon.Page, addresses: tuple[str, str], server_name: str) -> None:
    """Tell every Prometheus. `addresses` are this unit's IP address and its name."""
    for relation in charm.model.relations[ENDPOINT]:
        if not relation.active:
            continue
        address, fqdn = addresses
        unit = {
            "prometheus_scrape_unit_address": address,
            "prometheus_scrape_unit_name": charm.unit.name,
            "prometheus_scrape_unit_path": "",
            "prometheus_scrape_unit_fqdn": fqdn,
        }
        databag.write(relation, charm.unit, unit)
        if charm.unit.is_leader():
            databag.write(relation, charm.app, _application(charm, page, server_name))


def _application(charm: ops.CharmBase, page: daemon.Page, server_name: str) -> dict[str, str]:
    topology = JujuTopology.from_charm(charm)
    return {
        "scrape_jobs": json.dumps([_job(page, server_name)] if page.exposed else []),
        "scrape_metadata": json.dumps(topology.as_dict()),
        "alert_rules": json.dumps(alert_rules(charm.charm_dir, topology) if page.exposed else {}, sort_keys=True),
    }


def _job(page: daemon.Page, server_name: str) -> dict[str, Any]:
    """Prometheus asks units by their address, and verifies the name that all their certificates have."""
    job: dict[str, Any] = {
        "job_name": "holdfast",
        "metrics_path": "/metrics",
        "static_configs": [{"targets": [f"*:{daemon.PORT}"]}],
    }
    if page.tls:
        job["scheme"] = "https"
        job["tls_config"] = {"ca_file": page.tls.authority, "server_name": server_name}
    return job


def alert_rules(charm_dir: pathlib.Path, topology: JujuTopology) -> dict[str, Any]:
    """The rules with the labels of where Holdfast itself runs; what it watches is in labels of other names."""
    rules = AlertRules("promql", topology=topology)
    rules.add_path(charm_dir / "src" / "prometheus_alert_rules")
    found = rules.as_dict()
    for rule in (rule for group in found["groups"] for rule in group["rules"]):
        rule.setdefault("for", "0m")
    return found
