"""What the charm finds: options, secrets, relations. Either all that the daemon needs, or what is missing."""

import dataclasses
import json
import os
import socket
from collections.abc import Callable, Mapping
from typing import Any

import ops
from charmlibs.interfaces.certificate_transfer import CertificateTransferRequires
from charmlibs.interfaces.tls_certificates import (
    CertificateRequestAttributes,
    TLSCertificatesRequiresV4,
)

import credentials
import daemon
import policy_text
import tokens
import yaml_text
from config import CharmConfig, ConfigError
from relations import alertmanager, database, identity, ingress, logs, metrics

CERTIFICATES = "certificates"
AUTHORITIES = "receive-ca-cert"


@dataclasses.dataclass
class Situation:
    """What was found. Without `wanted` the daemon is left as it is, or ended where `stop` says so."""

    statuses: list[ops.StatusBase] = dataclasses.field(default_factory=list[ops.StatusBase])
    page: daemon.Page | None = None
    wanted: daemon.Wanted | None = None
    stop: bool = False

    def block(self, sentence: str) -> None:
        """Somebody has to do something."""
        self.statuses.append(ops.BlockedStatus(sentence))

    def wait(self, sentence: str) -> None:
        """It will pass."""
        self.statuses.append(ops.WaitingStatus(sentence))


class Surroundings:
    """The libraries of the relations, and how they are put together."""

    def __init__(self, charm: ops.CharmBase):
        self.charm = charm
        self.tokens = tokens.Tokens(charm)
        self.request = CertificateRequestAttributes(common_name=charm.app.name, sans_dns=self.hosts)
        self.certificates = TLSCertificatesRequiresV4(
            charm, CERTIFICATES, [self.request], refresh_events=[charm.on.config_changed]
        )
        self.authorities = CertificateTransferRequires(charm, AUTHORITIES)
        self.provider = identity.IdentityProvider(charm, relation_name=identity.ENDPOINT)

    @property
    def fqdn(self) -> str:
        """This unit's name in the cluster."""
        return socket.getfqdn()

    @property
    def service(self) -> str:
        """The name that all units share."""
        domain = self.fqdn.partition(".svc.")[2] or "cluster.local"
        return f"{self.charm.app.name}.{self.charm.model.name}.svc.{domain}"

    @property
    def hosts(self) -> list[str]:
        """Every name under which the page may be asked for."""
        app, model = self.charm.app.name, self.charm.model.name
        own = [self.fqdn, self.service, f"{app}.{model}.svc", f"{app}.{model}"]
        external = str(self.charm.config.get("external-hostname") or "")
        return [*dict.fromkeys([*own, *([external] if external else [])])]

    @property
    def addresses(self) -> tuple[str, str]:
        """This unit's IP address and name."""
        binding = self.charm.model.get_binding(metrics.ENDPOINT)
        address = binding.network.bind_address if binding else None
        return str(address or self.fqdn), self.fqdn

    def look(self) -> Situation:
        """Look at everything anew."""
        found = Situation()
        config = self._config(found)
        if config is None:
            return found
        found.page = self._page(config, found)
        parts = _Parts(found)
        parts.read("controllers", lambda: credentials.controllers(config, self.charm.model, self.charm.charm_dir))
        parts.read("user_policy", lambda: policy_text.parse(config.policy))
        parts.read("database", lambda: database.read(self.charm))
        parts.read("policy_files", lambda: _files(config))
        shared = self.charm.app.planned_units() > 1
        self._check_units(found, shared)
        if found.page is not None and parts.complete and not found.stop:
            found.wanted = self._wanted(config, found.page, parts, shared)
        return found

    def _config(self, found: Situation) -> CharmConfig | None:
        try:
            return self.charm.load_config(CharmConfig)
        except ConfigError as error:
            found.block(_counted(error.mistakes))
            return None

    def _check_units(self, found: Situation, shared: bool) -> None:
        """Units without a common journal would each go their own way: unit 0 alone goes on."""
        if not shared or database.is_related(self.charm):
            return
        found.block("several units need a common journal: relate database to PostgreSQL, or scale to 1")
        found.stop = not self.charm.unit.name.endswith("/0")

    def _wanted(self, config: CharmConfig, page: daemon.Page, parts: "_Parts", shared: bool) -> daemon.Wanted:
        database = parts.values["database"]
        return daemon.Wanted(
            unit=self.charm.unit.name.replace("/", "-"),
            user_policy=parts.values["user_policy"],
            controllers=parts.values["controllers"],
            page=page,
            mode=config.mode,
            log_level=config.log_level,
            database=database,
            shared=shared and database is not None,
            alertmanagers=alertmanager.urls(self.charm),
            authorities=self._authorities(),
            policy_files=parts.values["policy_files"],
            knowledge=_knowledge(config.knowledge_data),
            proxies=_proxies(),
            log_targets=logs.targets(self.charm),
        )

    def _authorities(self) -> str:
        given = sorted(self.authorities.get_all_certificates())
        return "".join(f"{one.strip()}\n" for one in given)

    def _page(self, config: CharmConfig, found: Situation) -> daemon.Page | None:
        try:
            own = self.tokens.all()
        except (ops.SecretNotFoundError, ops.ModelError):
            own = []
        if not own:
            found.wait("waiting for the leader to make a token")
            return None
        tls = self._tls(found)
        url, proxied = self._way_in(config, tls, found)
        oidc = self._oidc(config, url, found)
        page = daemon.Page(own, self.hosts, url, tls, proxied, oidc)
        if not page.exposed and self._is_related(metrics.ENDPOINT):
            found.block("metrics-endpoint needs TLS: relate certificates to a certificate provider")
        return page

    def _tls(self, found: Situation) -> daemon.Tls | None:
        if not self._is_related(CERTIFICATES):
            return None
        certificate, key = self.certificates.get_assigned_certificate(self.request)
        if certificate is None or key is None:
            found.wait("waiting for the certificate")
            return None
        rest = [one for one in certificate.chain if one != certificate.certificate]
        chain = "".join(f"{one}\n" for one in [certificate.certificate, *rest])
        return daemon.Tls(chain, f"{key}\n", f"{certificate.ca}\n")

    def _way_in(self, config: CharmConfig, tls: daemon.Tls | None, found: Situation) -> tuple[str | None, bool]:
        """How people reach the page, and whether a proxy in front speaks TLS for it."""
        given = ingress.url(self.charm)
        if given is None:
            own = f"https://{config.external_hostname}:{daemon.PORT}" if config.external_hostname and tls else None
            return own, False
        trouble = ingress.trouble(given)
        if trouble is not None:
            found.block(trouble)
            return None, False
        return ingress.origin(given), tls is None

    def _oidc(self, config: CharmConfig, url: str | None, found: Situation) -> daemon.Oidc | None:
        if not self._is_related(identity.ENDPOINT):
            return None
        if url is None:
            found.block("oauth needs a way in for people: relate ingress, or certificates with external-hostname")
            return None
        if not config.viewers and not config.approvers:
            found.block("oauth lets nobody in: set oidc-viewers or oidc-approvers")
            return None
        self.provider.ask(url)
        given = self.provider.given(config.viewers, config.approvers)
        if given is None:
            found.wait("waiting for the identity provider")
        return given

    def _is_related(self, endpoint: str) -> bool:
        return any(relation.active for relation in self.charm.model.relations[endpoint])


class _Parts:
    """Reads one part after the other, and says of each that cannot be read what is to be done."""

    def __init__(self, found: Situation):
        self._found = found
        self.values: dict[str, Any] = {}
        self.complete = True

    def read(self, name: str, read: Callable[[], object]) -> None:
        try:
            self.values[name] = read()
        except database.DatabaseNotReadyError as error:
            self.complete = False
            self._found.wait(str(error))
        except (credentials.CredentialsError, policy_text.PolicyTextError, database.DatabaseError) as error:
            self.complete = False
            self._found.block(str(error))


def _files(config: CharmConfig) -> Mapping[str, str]:
    return credentials.read(config.policy_files, "policy-files") if config.policy_files else {}


def _knowledge(text: str) -> str:
    return json.dumps({"kind": "Knowledge", "version": "v1", **yaml_text.parse(text)}) if text else ""


def _proxies() -> dict[str, str]:
    """The proxies of the model, as programs look for them."""
    names = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
    return {name: value for name in names if (value := os.environ.get(f"JUJU_CHARM_{name}"))}


def _counted(mistakes: list[str]) -> str:
    more = f" (and {len(mistakes) - 1} more)" if len(mistakes) > 1 else ""
    return f"{mistakes[0]}{more}"
