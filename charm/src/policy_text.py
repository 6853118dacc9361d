"""The user's policy, and what the charm lays over it."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml_text

Document = Mapping[str, Any]


class PolicyTextError(ValueError):
    """A policy that cannot be read at all; the rest of its mistakes are the daemon's to tell."""


def parse(text: str) -> Document:
    """Give the user's policy as a document. Raises PolicyTextError."""
    try:
        document = yaml_text.parse(text)
    except yaml_text.YamlError as error:
        raise PolicyTextError(f"policy: {error}") from error
    if document is None:
        return {}
    return keys_of(document, "policy")


def keys_of(value: object, path: str) -> Document:
    """Give a part of the policy that has to have keys, empty where there is none. Raises PolicyTextError."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise PolicyTextError(f"{path}: write keys and values")
    return value


def items_of(value: object, path: str) -> Sequence[Any]:
    """Give a part of the policy that has to be a list, empty where there is none. Raises PolicyTextError."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise PolicyTextError(f"{path}: write a list")
    return value


def over(user: Document, ours: Document) -> Document:
    """Lay our keys over the user's."""
    return {**user, **ours}


def controllers(user: Document, ours: Sequence[Document]) -> list[Document]:
    """Name our controllers, each with what else the user says of it, then those that only the user names."""
    entries = [
        keys_of(entry, f"policy: controllers[{index}]")
        for index, entry in enumerate(items_of(user.get("controllers"), "policy: controllers"))
    ]
    named = {entry.get("name"): entry for entry in entries}
    names = [entry["name"] for entry in ours]
    return [over(named.get(entry["name"], {}), entry) for entry in ours] + [
        entry for entry in entries if entry.get("name") not in names
    ]


def notify(user: Document, alertmanagers: Sequence[str], link: str | None) -> Document | None:
    """Add related Alertmanagers to whom the user wants told; None where nobody is."""
    given = keys_of(user.get("notify"), "policy: notify")
    if not given and not alertmanagers:
        return None
    targets = list(items_of(given.get("targets"), "policy: notify.targets"))
    if alertmanagers:
        targets.append({"name": "alertmanager", "type": "alertmanager", "urls": list(alertmanagers)})
    return over({"link": link} if link else {}, {**given, "targets": targets})
