"""One example of all that the charm gives to the daemon: files, environment, commands, questions to its page.

The daemon's side holds the same file against its own readers. `python tests/contract/example.py` writes it anew.
"""

import json
import pathlib
import sys
from types import SimpleNamespace
from typing import Any, cast

FILE = pathlib.Path(__file__).with_name("example.json")
# Of a certificate authority made for this file; the daemon reads the identity provider's.
AUTHORITY = pathlib.Path(__file__).with_name("authority.pem").read_text()
PEM = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n"

POLICY = """
rules:
  - match: { control: JUJU-USER-01 }
    params: { superusers: [admin, alice] }
    rationale: the two on call
waivers:
  - id: etcd-self-signed
    kind: waived
    match: { model: data, control: ETCD-ENC-04 }
    reason: the PKI team delivers in spring
    owner: data-platform
    expires: 2027-03-31T00:00:00Z
notify:
  targets:
    - { name: siem, type: webhook, url: https://siem.example/in, secretFile: files/siem-key }
  routes:
    - { match: { severity: high }, to: [siem, alertmanager] }
web:
  session: 4h
  oidc: { nameClaim: preferred_username }
sharing: { parts: 32 }
controllers:
  - { name: juju, auditLogFile: /var/log/juju/audit.log }
"""


class _Recorder:
    """Stands for the container and the page, and keeps what they are asked."""

    ready = True

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.paths: list[str] = []

    def run(self, args: list[str], *_: object) -> Any:
        from workload import Answer

        self.commands.append(args)
        return Answer(0, '{"items": []}', "")

    def mistakes_in(self, *_: object) -> list[str]:
        return []

    def get(self, path: str) -> Any:
        self.paths.append(path)
        return {"items": [], "total": 0}

    def readiness(self) -> tuple[bool, list[str]]:
        self.paths.append("/readyz")
        return True, []


def wanted() -> Any:
    """All that can be wanted at once."""
    import daemon
    import policy_text

    logins = {
        role: {"username": role, "password": f"password of the {role}"}
        for role in ("observer", "auditor", "remediator", "prober")
    }
    oidc = daemon.Oidc("https://idp.example", "client", "secret", AUTHORITY, ["staff"], ["platform"])
    page = daemon.Page(
        tokens=[
            daemon.Token("anna@example.org", "approver", "a" * 64),
            daemon.Token("charm", "viewer", "c" * 64),
        ],
        hosts=["holdfast-0.holdfast-endpoints.hardening.svc.cluster.local", "holdfast.hardening.svc"],
        url="https://holdfast.example",
        # The daemon's side puts a pair that fits in their place: no key is kept here.
        tls=daemon.Tls("<certificate>", "<key>", PEM.format("issuer")),
        oidc=oidc,
    )
    return daemon.Wanted(
        unit="holdfast-0",
        user_policy=policy_text.parse(POLICY),
        controllers=[
            daemon.Controller("juju", ["10.1.2.3:17070", "[fd00::1]:17070"], PEM.format("juju"), logins),
            daemon.Controller("prod", ["prod.example:17070"], PEM.format("prod"), {"observer": logins["observer"]}),
        ],
        page=page,
        mode="propose",
        log_level="debug",
        database=daemon.Database("pg.data.svc:5432", "holdfast", "relation_7", "p@ss/w:rd", PEM.format("database")),
        shared=True,
        alertmanagers=["https://am-0.example:9093"],
        authorities=PEM.format("authority"),
        policy_files={"siem-key": "a key of sixteen letters or more"},
        knowledge='{"kind": "Knowledge", "version": "v1", "date": "2026-11-01", "jujuFloors": {}}',
        proxies={"HTTPS_PROXY": "http://proxy.example:3128"},
    )


def _asked() -> _Recorder:
    """Every action and the status, with the fullest parameters."""
    import actions
    import charm

    recorder = _Recorder()
    own = SimpleNamespace(unit=SimpleNamespace(name="holdfast/0"))
    found = SimpleNamespace(wanted=wanted(), page=wanted().page, statuses=[])
    made = actions.Actions(cast("Any", own), cast("Any", recorder), cast("Any", None))
    made._page = lambda _: cast("Any", recorder)  # type: ignore[method-assign] - no page here
    place = {"controller": "prod", "model": "data", "application": "etcd"}
    said = {"name": "anna", "reason": "CHG-7"}
    filters = {"control": "ETCD-*", "application": "--etcd"}
    for act, params in (
        (made.audit, {"severity": "high", **filters}),
        (made.plan, {}),
        (made.plan, {"plan": "3f2a"}),
        (made.approve, {"plan": "3f2a", "valid": "24h", **said}),
        (made.deny, {"plan": "--3f2a", "valid": "7d", **said}),
        (made.clear_quarantine, {"control": "ETCD-ENC-01", "all": True, **place, **said}),
        (made.rehearse, filters),
        (made.show_report, {"model": "da*", "severity": "high", "limit": 50}),
        (made.pause, {"duration": "2h", "controller": "prod", "model": "data", **said}),
        (made.resume, {"id": "p-1", **said}),
        (made.resume, {"all": True, **said}),
        (made.verify_audit_log, {}),
    ):
        act(cast("Any", params), cast("Any", found))
    charm.HoldfastCharm._told_by(cast("Any", charm.HoldfastCharm), cast("Any", recorder))
    return recorder


def example() -> dict[str, Any]:
    """What the charm gives and asks, as data."""
    import daemon

    asked = _asked()
    given = {daemon.POLICY: daemon.policy(wanted()), **daemon.files(wanted())}
    return {
        "files": {path.removeprefix(f"{daemon.CONFIG}/"): text for path, text in sorted(given.items())},
        "environment": daemon.environment(wanted()),
        "command": daemon.layer(wanted())["services"]["holdfast"]["command"],
        "commands": [["--version"], ["policy", "check", daemon.CANDIDATE, "--format", "json"], *asked.commands],
        "paths": sorted(set(asked.paths)),
    }


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "src"))
    FILE.write_text(json.dumps(example(), indent=2, ensure_ascii=False) + "\n")
