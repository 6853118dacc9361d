"""`ingress`, version 2: the way in for people."""

import json
from urllib.parse import urlsplit

import ops

import daemon
from relations import databag

ENDPOINT = "ingress"


def publish(charm: ops.CharmBase, page: daemon.Page, addresses: tuple[str, str]) -> None:
    """Ask for a way in. `addresses` are this unit's IP address and its name."""
    for relation in charm.model.relations[ENDPOINT]:
        if not relation.active:
            continue
        ip, host = (json.dumps(address) for address in addresses)
        databag.write(relation, charm.unit, {"host": host, "ip": ip})
        if charm.unit.is_leader():
            wanted = {
                "model": charm.model.name,
                "name": charm.app.name,
                "port": daemon.PORT,
                "scheme": "https" if page.tls else "http",
                "strip-prefix": True,
            }
            databag.write(relation, charm.app, {key: json.dumps(value) for key, value in wanted.items()})


def url(charm: ops.CharmBase) -> str | None:
    """Where the ingress serves us; None where it does not yet."""
    text = databag.of_remote_app(charm.model.get_relation(ENDPOINT)).get("ingress")
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return None
    given = found.get("url") if isinstance(found, dict) else None
    return str(given) if given else None


def trouble(given: str) -> str | None:
    """Why the page cannot be used at that URL."""
    parts = urlsplit(given)
    if parts.path not in ("", "/"):
        return f"the ingress serves the page under {parts.path}: give it a host of its own (routing_mode)"
    if parts.scheme != "https":
        return "the ingress speaks plain HTTP: relate it to a certificate provider"
    return None


def origin(given: str) -> str:
    """Scheme and host of a URL."""
    parts = urlsplit(given)
    return f"{parts.scheme}://{parts.netloc}"
