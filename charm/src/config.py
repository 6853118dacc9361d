"""The options of the charm, checked all at once."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

import ops

import yaml_text

MODES = ("observe", "propose", "enforce")
LOG_LEVELS = ("debug", "info", "warn", "error")
ROLES = ("observer", "auditor", "remediator", "prober")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
_HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,62}\.?)+(?<![.-])")
_SECRET = re.compile(r"secret:(//[0-9a-f-]{36}/)?[0-9a-z]{20}")


class ConfigError(ValueError):
    """Options that cannot be used; every mistake is one sentence."""

    def __init__(self, mistakes: list[str]):
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


@dataclasses.dataclass(frozen=True)
class CharmConfig:
    """The options as they are set. Raises ConfigError with every mistake."""

    juju_credentials: ops.Secret | None = None
    auditor_credentials: ops.Secret | None = None
    remediator_credentials: ops.Secret | None = None
    prober_credentials: ops.Secret | None = None
    policy_files: ops.Secret | None = None
    controller_name: str = "juju"
    controllers: str = ""
    policy: str = ""
    mode: str = ""
    log_level: str = "info"
    external_hostname: str = ""
    oidc_viewers: str = ""
    oidc_approvers: str = ""
    knowledge_data: str = ""

    def __post_init__(self):
        """Refuse what cannot be used."""
        mistakes = list(self._mistakes())
        if mistakes:
            raise ConfigError(mistakes)

    def _mistakes(self) -> Iterator[str]:
        if not _NAME.fullmatch(self.controller_name):
            yield "controller-name: use letters, digits, dots and hyphens"
        if self.mode and self.mode not in MODES:
            yield f"mode: choose {', '.join(MODES)}"
        if self.log_level not in LOG_LEVELS:
            yield f"log-level: choose {', '.join(LOG_LEVELS)}"
        if self.external_hostname and not _HOST.fullmatch(self.external_hostname):
            yield "external-hostname: write a host name, without scheme, port or path"
        if self.knowledge_data:
            yield from _knowledge_mistakes(self.knowledge_data)
        yield from _controller_mistakes(self.controllers, self.controller_name)

    @property
    def own_secrets(self) -> Mapping[str, ops.Secret]:
        """Secrets with the logins on the charm's own controller, by role."""
        given = zip(
            ROLES,
            (self.juju_credentials, self.auditor_credentials, self.remediator_credentials, self.prober_credentials),
            strict=True,
        )
        return {role: secret for role, secret in given if secret is not None}

    @property
    def other_controllers(self) -> Mapping[str, Mapping[str, str]]:
        """Ids of secrets with logins, by controller and role."""
        return _controllers_in(self.controllers)

    @property
    def viewers(self) -> tuple[str, ...]:
        """Groups whose members may look at the page."""
        return _listed(self.oidc_viewers)

    @property
    def approvers(self) -> tuple[str, ...]:
        """Groups whose members may decide."""
        return _listed(self.oidc_approvers)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _knowledge_mistakes(text: str) -> Iterator[str]:
    try:
        given = yaml_text.parse(text)
    except yaml_text.YamlError as error:
        yield f"knowledge-data: {error}"
        return
    if not isinstance(given, Mapping):
        yield "knowledge-data: write a JSON object with tables"


def _controllers_in(text: str) -> Any:
    return yaml_text.parse(text) or {}


def _controller_mistakes(text: str, own_name: str) -> Iterator[str]:
    try:
        given = _controllers_in(text)
    except yaml_text.YamlError as error:
        yield f"controllers: {error}"
        return
    if not isinstance(given, Mapping):
        yield "controllers: write NAME: {observer: secret:…}, one controller on each line"
        return
    for name, roles in given.items():
        yield from _entry_mistakes(str(name), roles, own_name)


def _entry_mistakes(name: str, roles: object, own_name: str) -> Iterator[str]:
    if not _NAME.fullmatch(name):
        yield "controllers: names have letters, digits, dots and hyphens"
    elif name == own_name:
        yield f"controllers: {name} is this charm's own controller (controller-name)"
    elif not isinstance(roles, Mapping) or "observer" not in roles:
        yield f"controllers: {name}: name the secret of its observer, as observer: secret:…"
    else:
        for role, secret in roles.items():
            if role not in ROLES:
                yield f"controllers: {name}: {role} is none of {', '.join(ROLES)}"
            elif not _SECRET.fullmatch(str(secret)):
                yield f"controllers: {name}: {role}: write the id of a secret, as secret:…"
