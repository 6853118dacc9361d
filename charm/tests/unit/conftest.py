"""A world in which the charm has all that it needs; tests take away or add."""

import dataclasses
import functools
import json
import pathlib
import tempfile
from typing import Any

import ops
import pytest
import yaml
from ops import testing

import daemon
import page as page_module
from charm import HoldfastCharm

CA = "-----BEGIN CERTIFICATE-----\nown\n-----END CERTIFICATE-----\n"
LOGIN = {"username": "watcher", "password": "s3cret-of-the-observer"}
TOKEN = "t0ken-of-the-charm-itself"
PROGRAM = daemon.PROGRAM


# Scenario writes the metadata anew for every run; in C that takes a tenth of the time.
if hasattr(yaml, "CSafeDumper"):
    yaml.safe_dump = functools.partial(yaml.dump, Dumper=yaml.CSafeDumper)

# Scenario writes metadata into the folder of the charm, where other runs of these tests would find them.
_FOLDER = tempfile.TemporaryDirectory()
ROOT = pathlib.Path(__file__).parents[2]
# Read once: a context reads it anew for every test.
CHARMCRAFT: dict[str, Any] = yaml.safe_load((ROOT / "charmcraft.yaml").read_text())
pathlib.Path(_FOLDER.name, "src").symlink_to(ROOT / "src")
META = {key: value for key, value in CHARMCRAFT.items() if key not in ("config", "actions")}


def context(**changes: Any) -> testing.Context[HoldfastCharm]:
    parts = {"meta": META, "config": CHARMCRAFT["config"], "actions": CHARMCRAFT["actions"]}
    return testing.Context(HoldfastCharm, charm_root=_FOLDER.name, app_name="holdfast", **parts, **changes)


@dataclasses.dataclass
class FakePage:
    """Stands for the page of the daemon: what it says, by path."""

    ready: bool = True
    reasons: list[str] = dataclasses.field(default_factory=list)
    says: dict[str, Any] = dataclasses.field(default_factory=dict)
    trouble: str | None = None
    asked: list[str] = dataclasses.field(default_factory=list)
    tokens: set[str] = dataclasses.field(default_factory=set)

    def get(self, path: str) -> Any:
        self.asked.append(path)
        if self.trouble:
            raise page_module.PageError(self.trouble)
        for known, said in self.says.items():
            if path.startswith(known):
                return said
        return {"items": [], "total": 0}

    def readiness(self) -> tuple[bool, list[str]]:
        if self.trouble:
            raise page_module.PageError(self.trouble)
        return self.ready, self.reasons

    def wait(self, seconds: float) -> None:
        self.asked.append("wait")


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> FakePage:
    fake = FakePage()

    def way_to(token: str, tls: daemon.Tls | None = None, host: str = "localhost") -> FakePage:
        fake.tokens.add(token)
        return fake

    monkeypatch.setattr("actions.Page", way_to)
    return fake


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Juju and Kubernetes tell every unit."""
    monkeypatch.setenv("JUJU_API_ADDRESSES", "10.1.2.3:17070 [fd00::1]:17070")
    monkeypatch.setattr("socket.getfqdn", lambda *_: "holdfast-0.holdfast-endpoints.hardening.svc.cluster.local")
    monkeypatch.setattr("credentials.own_authority", lambda _folder: CA)


@pytest.fixture
def ctx(page: FakePage, place: None) -> testing.Context[HoldfastCharm]:
    return context()


CHECKED = testing.Exec(
    [PROGRAM, "policy", "check"], stdout=json.dumps({"kind": "PolicyCheck", "mistakes": [], "notes": []})
)
VERSION = testing.Exec([PROGRAM, "--version"], stdout="0.1.0\n")


def container(*execs: testing.Exec, **changes: Any) -> testing.Container:
    known = {VERSION, CHECKED}
    for new in execs:
        known = {old for old in known if old.command_prefix != new.command_prefix} | {new}
    return testing.Container("holdfast", can_connect=True, execs=known, **changes)


def user_secret(content: dict[str, str] | None = None, **changes: Any) -> testing.Secret:
    return testing.Secret(content or LOGIN, **changes)


def own_token() -> testing.Secret:
    return testing.Secret({"token": TOKEN}, owner="app", id="secret:d0a1b2c3d4e5f6a7b8c9", label="token-charm")


def peers(token: testing.Secret | None = None, **more: testing.Secret) -> testing.PeerRelation:
    kept = {"charm": {"role": "viewer", "secret": (token or own_token()).id}}
    for name, secret in more.items():
        kept[name] = {"role": "approver", "secret": secret.id}
    return testing.PeerRelation("holdfast-peers", local_app_data={"tokens": json.dumps(kept)})


def world(
    *relations: testing.RelationBase,
    config: dict[str, Any] | None = None,
    secrets: tuple[testing.Secret, ...] = (),
    holdfast: testing.Container | None = None,
    **changes: Any,
) -> testing.State:
    """A leader alone, with the login of an observer."""
    login = user_secret()
    options = {"juju-credentials": login.id, **(config or {})}
    return testing.State(
        **{
            "leader": True,
            "config": {key: value for key, value in options.items() if value is not None},
            "secrets": {login, own_token(), *secrets},
            "relations": {peers(), *relations},
            "containers": {holdfast or container()},
            "model": testing.Model("hardening", type="kubernetes", uuid="c2e9f4d5-dcb3-4870-8509-330eb9745ee8"),
            **changes,
        }
    )


@dataclasses.dataclass
class Seen:
    """What a run left in the container."""

    files: dict[str, str]
    modes: dict[str, int]
    plan: ops.pebble.Plan
    policy: dict[str, Any]


def seen(ctx: testing.Context[HoldfastCharm], state: testing.State) -> Seen:
    found = state.get_container("holdfast")
    root = found.get_filesystem(ctx)
    etc = root / daemon.CONFIG.lstrip("/")
    paths = [path for path in sorted(etc.rglob("*")) if path.is_file()] if etc.exists() else []
    files = {str(path.relative_to(etc)): path.read_text() for path in paths}
    modes = {str(path.relative_to(etc)): path.stat().st_mode & 0o777 for path in paths}
    policy = json.loads(files["holdfast.yaml"]) if "holdfast.yaml" in files else {}
    return Seen(files, modes, found.plan, policy)


@pytest.fixture
def ctx_of_unit_1(page: FakePage, place: None, monkeypatch: pytest.MonkeyPatch) -> testing.Context[HoldfastCharm]:
    monkeypatch.setattr("socket.getfqdn", lambda *_: "holdfast-1.holdfast-endpoints.hardening.svc.cluster.local")
    return context(unit_id=1)
