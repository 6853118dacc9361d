"""`postgresql_client`: the database of the journal."""

import json

import ops

import credentials
import daemon
from relations import databag

ENDPOINT = "database"
NAME = "holdfast"


class DatabaseError(Exception):
    """The database cannot be used, and somebody has to do something about it."""


class DatabaseNotReadyError(Exception):
    """The database is still being made."""


def request(charm: ops.CharmBase) -> None:
    """Ask for a database of our own, its login in secrets."""
    if not charm.unit.is_leader():
        return
    wanted = {
        "database": NAME,
        "requested-secrets": json.dumps(["username", "password", "tls", "tls-ca", "uris"]),
        "external-node-connectivity": "false",
    }
    for relation in charm.model.relations[ENDPOINT]:
        if relation.active:
            databag.write(relation, charm.app, wanted)


def is_related(charm: ops.CharmBase) -> bool:
    """Whether there is to be a database."""
    relation = charm.model.get_relation(ENDPOINT)
    return relation is not None and relation.active


def read(charm: ops.CharmBase) -> daemon.Database | None:
    """Give the database; None where none is related. Raises DatabaseError, DatabaseNotReadyError."""
    if not is_related(charm):
        return None
    bag = databag.of_remote_app(charm.model.get_relation(ENDPOINT))
    endpoints, login_id = bag.get("endpoints"), bag.get("secret-user")
    if not endpoints or not login_id:
        raise DatabaseNotReadyError("waiting for the database")
    login = _content(charm, login_id)
    tls = _content(charm, bag["secret-tls"]) if bag.get("secret-tls") else {}
    if tls.get("tls", "").lower() != "true" or not tls.get("tls-ca"):
        raise DatabaseError("the database speaks no TLS: relate PostgreSQL to a certificate provider")
    return daemon.Database(
        endpoint=endpoints.split(",")[0].strip(),
        name=bag.get("database") or NAME,
        username=login["username"],
        password=login["password"],
        authority=tls["tls-ca"],
    )


def _content(charm: ops.CharmBase, secret_id: str) -> dict[str, str]:
    try:
        return credentials.read_by_id(charm.model, secret_id, "database")
    except credentials.CredentialsError as error:
        # The provider grants it a moment later than it names it.
        raise DatabaseNotReadyError("waiting for the login of the database") from error
