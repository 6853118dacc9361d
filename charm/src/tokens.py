"""Bearer tokens of the page: each a secret of the application, its id shared by the peer relation."""

import dataclasses
import json
import re
import secrets
from collections.abc import Mapping

import ops

import daemon

PEERS = "holdfast-peers"
OWN = "charm"
_KEY = "tokens"


class TokenError(Exception):
    """A token that cannot be given."""


@dataclasses.dataclass(frozen=True)
class Given:
    """A token that was made: what it may do, and the secret that holds it."""

    role: str
    secret_id: str


class Tokens:
    """The tokens of this application."""

    def __init__(self, charm: ops.CharmBase):
        self._charm = charm

    def all(self) -> list[daemon.Token]:
        """Give every token, the charm's own first made. Empty until the leader has made that one."""
        if self._charm.unit.is_leader() and self._peers is not None and OWN not in self.given():
            self.make(OWN, "viewer")
        return [daemon.Token(name, one.role, self._value(one)) for name, one in sorted(self.given().items())]

    def given(self) -> Mapping[str, Given]:
        """What was made, by the name in which it speaks."""
        if self._peers is None:
            return {}
        found = json.loads(self._peers.data[self._charm.app].get(_KEY, "{}"))
        return {name: Given(one["role"], one["secret"]) for name, one in found.items()}

    def make(self, name: str, role: str) -> Given:
        """Make a token. Raises TokenError where this unit may not."""
        self._must_lead()
        secret = self._charm.app.add_secret({"token": secrets.token_hex(32)}, label=f"token-{_label(name)}")
        given = Given(role, secret.id or "")
        self._keep({**self.given(), name: given})
        return given

    def rotate(self, name: str) -> Given:
        """Replace a token. Raises TokenError."""
        self._must_lead()
        given = self._known(name)
        self._charm.model.get_secret(id=given.secret_id).set_content({"token": secrets.token_hex(32)})
        return given

    def remove(self, name: str) -> Given:
        """Withdraw a token. Raises TokenError."""
        self._must_lead()
        given = self._known(name)
        self._charm.model.get_secret(id=given.secret_id).remove_all_revisions()
        self._keep({key: one for key, one in self.given().items() if key != name})
        return given

    @property
    def _peers(self) -> ops.Relation | None:
        return self._charm.model.get_relation(PEERS)

    def _known(self, name: str) -> Given:
        given = self.given().get(name)
        if given is None:
            raise TokenError(f"there is no token in the name of {name}")
        return given

    def _value(self, given: Given) -> str:
        secret = self._charm.model.get_secret(id=given.secret_id)
        content = secret.peek_content() if self._charm.unit.is_leader() else secret.get_content(refresh=True)
        return content["token"]

    def _keep(self, given: Mapping[str, Given]) -> None:
        if self._peers is None:
            raise TokenError("the units do not know each other yet: try again")
        kept = {name: {"role": one.role, "secret": one.secret_id} for name, one in sorted(given.items())}
        self._peers.data[self._charm.app][_KEY] = json.dumps(kept)

    def _must_lead(self) -> None:
        if not self._charm.unit.is_leader():
            raise TokenError(f"only the leader changes tokens: run it on {self._charm.app.name}/leader")


def _label(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()) + "-" + secrets.token_hex(3)
