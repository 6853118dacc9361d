"""What the daemon is given: its policy, its files, its environment, its Pebble layer. Nothing of ops is in here."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import policy_text

NAME = "holdfast"
PROGRAM = "/opt/holdfast/bin/holdfast"
CONFIG = "/etc/holdfast"
STATE = "/var/lib/holdfast"
POLICY = f"{CONFIG}/holdfast.yaml"
CANDIDATE = f"{CONFIG}/candidate.yaml"
KNOWLEDGE = f"{CONFIG}/knowledge"
DATABASE = f"{CONFIG}/database"
AUTHORITIES = f"{CONFIG}/authorities.pem"
PORT = 8420


@dataclasses.dataclass(frozen=True)
class Controller:
    """A Juju controller and the logins on it, by role, with the keys of a credentials file."""

    name: str
    addresses: Sequence[str]
    ca_cert: str
    logins: Mapping[str, Mapping[str, str]]


@dataclasses.dataclass(frozen=True)
class Token:
    """A bearer token of the page, and in whose name it speaks."""

    name: str
    role: str
    value: str = dataclasses.field(repr=False)

    @property
    def file(self) -> str:
        """The name of its file, which tells nothing of it."""
        return f"token-{hashlib.sha256(self.name.encode()).hexdigest()[:16]}"


@dataclasses.dataclass(frozen=True)
class Tls:
    """Certificate with its chain, its key, and the authority to hold it against (PEM)."""

    certificate: str
    key: str = dataclasses.field(repr=False)
    authority: str


@dataclasses.dataclass(frozen=True)
class Oidc:
    """The identity provider, and which groups may do what."""

    issuer: str
    client_id: str
    client_secret: str = dataclasses.field(repr=False)
    authority: str | None
    viewers: Sequence[str]
    approvers: Sequence[str]


@dataclasses.dataclass(frozen=True)
class Page:
    """How the page is served; without TLS of its own or of a proxy only within the pod."""

    tokens: Sequence[Token]
    hosts: Sequence[str]
    url: str | None = None
    tls: Tls | None = None
    proxied: bool = False
    oidc: Oidc | None = None

    @property
    def exposed(self) -> bool:
        """Whether other pods may reach it."""
        return self.tls is not None or self.proxied


@dataclasses.dataclass(frozen=True)
class Database:
    """A PostgreSQL database, its login, and its authority (PEM)."""

    endpoint: str
    name: str
    username: str
    password: str = dataclasses.field(repr=False)
    authority: str

    @property
    def url(self) -> str:
        """What the daemon connects to; the certificate is verified in full."""
        login = f"{quote(self.username, safe='')}:{quote(self.password, safe='')}"
        return f"postgresql://{login}@{self.endpoint}/{quote(self.name, safe='')}?sslrootcert=database-ca.pem"


@dataclasses.dataclass(frozen=True)
class Wanted:
    """All that the daemon is to run with."""

    unit: str
    user_policy: policy_text.Document
    controllers: Sequence[Controller]
    page: Page
    mode: str = ""
    log_level: str = "info"
    database: Database | None = None
    shared: bool = False
    alertmanagers: Sequence[str] = ()
    authorities: str = ""
    policy_files: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    knowledge: str = ""
    proxies: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    log_targets: Mapping[str, Any] = dataclasses.field(default_factory=dict[str, Any])


def policy(wanted: Wanted) -> str:
    """Render the policy file. JSON is YAML, too, and leaves nothing to guess. Raises PolicyTextError."""
    user = wanted.user_policy
    ours: dict[str, Any] = {
        "controllers": policy_text.controllers(user, [_controller(one) for one in wanted.controllers]),
        "web": _web(user, wanted.page),
    }
    if wanted.mode:
        defaults = policy_text.keys_of(user.get("defaults"), "policy: defaults")
        ours["defaults"] = {**defaults, "mode": wanted.mode}
    told = policy_text.notify(user, wanted.alertmanagers, wanted.page.url)
    if told is not None:
        ours["notify"] = told
    document = {"kind": "Policy", "version": "v1", **user, **ours}
    document.pop("sharing", None)
    if wanted.shared:
        sharing = policy_text.keys_of(user.get("sharing"), "policy: sharing")
        document["sharing"] = {**sharing, "unit": wanted.unit}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def files(wanted: Wanted) -> dict[str, str]:
    """Everything under /etc/holdfast but the policy, each of mode 0600."""
    found: dict[str, str] = {f"files/{key}": text for key, text in wanted.policy_files.items()}
    for controller in wanted.controllers:
        if controller.ca_cert:
            found[f"controller-{controller.name}-ca.pem"] = controller.ca_cert
        for role, login in controller.logins.items():
            found[_login_file(controller.name, role)] = json.dumps(dict(login)) + "\n"
    found |= _page_files(wanted.page)
    if wanted.authorities:
        found["authorities.pem"] = wanted.authorities
    if wanted.knowledge:
        found["knowledge/charm.json"] = wanted.knowledge
    if wanted.database:
        found["database"] = wanted.database.url + "\n"
        found["database-ca.pem"] = wanted.database.authority
    return {f"{CONFIG}/{name}": text for name, text in found.items()}


def environment(wanted: Wanted) -> dict[str, str]:
    """Give the variables that the daemon and its commands go by: names of files and places, nothing secret."""
    listen = f"{'0.0.0.0' if wanted.page.exposed else '127.0.0.1'}:{PORT}"  # noqa: S104 - with TLS or a proxy only
    variables = {
        "HOLDFAST_POLICY": POLICY,
        "HOLDFAST_STATE_DIR": STATE,
        "HOLDFAST_LISTEN": listen,
        "HOLDFAST_LOG_LEVEL": wanted.log_level,
        "HOLDFAST_UNIT": wanted.unit,
        "NO_COLOR": "1",
        **wanted.proxies,
    }
    if wanted.database:
        variables["HOLDFAST_DATABASE"] = DATABASE
    if wanted.knowledge:
        variables["HOLDFAST_DATA"] = KNOWLEDGE
    if wanted.authorities:
        variables["NODE_EXTRA_CA_CERTS"] = AUTHORITIES
    return variables


def layer(wanted: Wanted) -> dict[str, Any]:
    """Give the Pebble layer. A change that the daemon takes over only at its start shows in it, and restarts it."""
    service = {
        "override": "replace",
        "summary": "Holdfast",
        "command": f"{PROGRAM} run --policy {POLICY}",
        "startup": "enabled",
        "environment": {**environment(wanted), "HOLDFAST_CHARM_RESTART": _restart_key(wanted)},
        # A call that is under way is finished and written down first.
        "kill-delay": "25s",
        "on-check-failure": {"alive": "restart"},
    }
    return {
        "summary": "Holdfast",
        "services": {NAME: service},
        "checks": {"alive": _check(wanted.page)},
        "log-targets": dict(wanted.log_targets),
    }


def digest(texts: Mapping[str, str]) -> str:
    """Tell one set of files from another."""
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def _controller(controller: Controller) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": controller.name,
        "addresses": list(controller.addresses),
        "identities": {role: {"credentialsFile": _login_file(controller.name, role)} for role in controller.logins},
    }
    if controller.ca_cert:
        entry["caFile"] = f"controller-{controller.name}-ca.pem"
    return entry


def _login_file(controller: str, role: str) -> str:
    return f"controller-{controller}-{role}.yaml"


def _web(user: policy_text.Document, page: Page) -> dict[str, Any]:
    given = policy_text.keys_of(user.get("web"), "policy: web")
    tokens = policy_text.items_of(given.get("tokens"), "policy: web.tokens")
    hosts = policy_text.items_of(given.get("hosts"), "policy: web.hosts")
    web: dict[str, Any] = {
        **given,
        "tokens": [*tokens, *({"name": t.name, "file": t.file, "role": t.role} for t in page.tokens)],
        "hosts": [*dict.fromkeys([*hosts, *page.hosts])],
        "proxied": page.proxied,
    }
    if page.url:
        web["url"] = page.url
    if page.tls:
        web["tls"] = {"certFile": "page.crt", "keyFile": "page.key"}
    if page.oidc:
        web["oidc"] = {**policy_text.keys_of(given.get("oidc"), "policy: web.oidc"), **_oidc(page.oidc)}
    return web


def _oidc(oidc: Oidc) -> dict[str, Any]:
    roles = {"viewer": list(oidc.viewers), "approver": list(oidc.approvers)}
    return {
        "issuer": oidc.issuer,
        "clientId": oidc.client_id,
        "clientSecretFile": "oidc-client-secret",
        "roles": {role: groups for role, groups in roles.items() if groups},
        **({"caFile": "oidc-ca.pem"} if oidc.authority else {}),
    }


def _page_files(page: Page) -> dict[str, str]:
    found = {token.file: token.value + "\n" for token in page.tokens}
    if page.tls:
        found["page.crt"] = page.tls.certificate
        found["page.key"] = page.tls.key
    if page.oidc:
        found["oidc-client-secret"] = page.oidc.client_secret + "\n"
        if page.oidc.authority:
            found["oidc-ca.pem"] = page.oidc.authority
    return found


def _check(page: Page) -> dict[str, Any]:
    """Whether the process answers. Being without a controller is no reason to restart it, or to take the page away."""
    probe: dict[str, Any] = (
        {"tcp": {"port": PORT}} if page.tls else {"http": {"url": f"http://127.0.0.1:{PORT}/healthz"}}
    )
    timing = {"period": "10s", "timeout": "3s", "threshold": 3}
    return {"override": "replace", "level": "alive", "startup": "enabled", **timing, **probe}


def _restart_key(wanted: Wanted) -> str:
    parts = {
        "tls": str(wanted.page.tls is not None),
        "proxied": str(wanted.page.proxied),
        "sharing": json.dumps(wanted.user_policy.get("sharing")) if wanted.shared else "",
        "authorities": wanted.authorities,
        "knowledge": wanted.knowledge,
    }
    return digest(parts)[:16]
