"""Logins on Juju controllers, out of the user's secrets."""

import logging
import os
import pathlib
from collections.abc import Callable, Iterable, Mapping

import ops
import yaml

import daemon
from config import ROLES, CharmConfig

logger = logging.getLogger(__name__)

_KEYS = ("controller-addresses", "username", "password", "ca-cert", "client-id", "client-secret")
_LOGIN = ("username", "password", "client-id", "client-secret")
_PAIRS = ({"username", "password"}, {"client-id", "client-secret"})


class CredentialsError(Exception):
    """Something about a login that its owner has to put right."""


def controllers(config: CharmConfig, model: ops.Model, charm_dir: pathlib.Path) -> list[daemon.Controller]:
    """Give every controller of the options with its logins. Raises CredentialsError."""
    found: list[daemon.Controller] = []
    if config.own_secrets:
        found.append(_own(config, charm_dir))
    for name, roles in config.other_controllers.items():
        contents = {
            role: _checked(read_by_id(model, secret, f"controllers: {name}: {role}"), f"controllers: {name}: {role}")
            for role, secret in roles.items()
        }
        found.append(_controller(name, contents, addresses=(), ca_cert=""))
    if not found:
        raise CredentialsError("set juju-credentials to a secret with the username and password of a Juju user")
    return found


def read(secret: ops.Secret, what: str) -> dict[str, str]:
    """Give the newest content of a secret. Raises CredentialsError where it may not be read."""
    return _readable(lambda: secret.get_content(refresh=True), what)


def read_by_id(model: ops.Model, secret_id: str, what: str) -> dict[str, str]:
    """Give the newest content of the secret of this id. Raises CredentialsError where it may not be read."""
    return _readable(lambda: model.get_secret(id=secret_id).get_content(refresh=True), what)


def _readable(get: Callable[[], dict[str, str]], what: str) -> dict[str, str]:
    try:
        return get()
    except ops.SecretNotFoundError:
        raise CredentialsError(f"{what}: there is no such secret, or it is not granted: juju grant-secret") from None
    except ops.ModelError as error:
        logger.warning("%s cannot be read: %s", what, error)
        raise CredentialsError(f"{what}: the secret cannot be read: juju grant-secret") from None


def own_addresses(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Where the controller of this model is reached: Juju tells every hook."""
    return tuple(environ.get("JUJU_API_ADDRESSES", "").split())


def own_authority(charm_dir: pathlib.Path) -> str:
    """Give the CA of this model's controller, as the unit's own agent knows it; empty where it cannot be read.

    The agent of a sidecar runs as the same user as the charm, so its configuration can be read without root. Only the
    certificate is taken from it.
    """
    for file in _agent_files(charm_dir):
        try:
            found = yaml.safe_load(file.read_text())
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            continue
        authority = found.get("cacert") if isinstance(found, dict) else None
        if isinstance(authority, str) and authority.strip():
            return authority.strip() + "\n"
    return ""


def _agent_files(charm_dir: pathlib.Path) -> Iterable[pathlib.Path]:
    agent = charm_dir.parent
    return agent / "agent.conf", agent.parent.parent / "template-agent.conf"


def _own(config: CharmConfig, charm_dir: pathlib.Path) -> daemon.Controller:
    options = {role: f"{role}-credentials" for role in ROLES} | {"observer": "juju-credentials"}
    if "observer" not in config.own_secrets:
        raise CredentialsError("set juju-credentials, too: the observer is needed before the other identities")
    contents = {
        role: _checked(read(secret, options[role]), options[role]) for role, secret in config.own_secrets.items()
    }
    return _controller(config.controller_name, contents, addresses=own_addresses(), ca_cert=own_authority(charm_dir))


def _checked(content: dict[str, str], what: str) -> dict[str, str]:
    if unknown := sorted(set(content) - set(_KEYS)):
        raise CredentialsError(f"{what}: unknown key {unknown[0]}: use {', '.join(_KEYS)}")
    if not any(pair <= set(content) for pair in _PAIRS):
        raise CredentialsError(f"{what}: the secret needs username and password")
    return content


def _controller(
    name: str, contents: Mapping[str, dict[str, str]], addresses: tuple[str, ...], ca_cert: str
) -> daemon.Controller:
    observer = contents["observer"]
    given = [part.strip() for part in observer.get("controller-addresses", "").split(",") if part.strip()]
    authority = observer.get("ca-cert", "").strip()
    if not given and not addresses:
        raise CredentialsError(f"{name}: the secret of the observer needs controller-addresses (host:port)")
    if not authority and not ca_cert:
        raise CredentialsError(f"{name}: the secret of the observer needs ca-cert, the controller's own CA (PEM)")
    logins = {role: {key: content[key] for key in _LOGIN if key in content} for role, content in contents.items()}
    return daemon.Controller(name, given or addresses, f"{authority}\n" if authority else ca_cert, logins)
