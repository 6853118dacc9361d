"""Databags that say anything: the charm goes on, and what is broken changes nothing else. Chance by a fixed seed."""

import contextlib
import json
import random
from typing import Any

import pytest
from ops import testing
from unit.conftest import seen, world

import policy_text
import yaml_text

SEED = 20261122
# A run of the charm takes some 50 ms.
RUNS = 60

# What the other sides of our relations say when they are well.
SOUND: dict[str, dict[str, str]] = {
    "database": {"endpoints": "10.0.0.1:5432", "secret-user": "secret:c0c0c0c0c0c0c0c0c0c0", "database": "holdfast"},
    "ingress": {"ingress": json.dumps({"url": "https://holdfast.example/"})},
    "alertmanager": {"url": "http://10.0.0.2:9093", "api_version": "v2"},
    "oauth": {"issuer_url": "https://id.example", "client_id": "a", "client_secret_id": "secret:x", "scope": "openid"},
    "logging": {"endpoint": json.dumps({"url": "http://10.0.0.3:3100/loki/api/v1/push"})},
}

HOSTILE = [
    "",
    " ",
    "null",
    "[]",
    "{}",
    "{",
    '"text"',
    "1e999",
    "[" * 500,
    '{"url": null}',
    '{"url": ["https://a"]}',
    '{"url": {"a": 1}}',
    "https://evil.invalid\n- name: x",
    "https://[::1",
    "http://a:99999/",
    "javascript:alert(1)",
    "\x1b[2J",
    "\u202e",
    "<script>alert(1)</script>",
    "$(touch /tmp/pwned)",
    "{{ model }}",
    "secret:" + "a" * 20,
    "secret:../../etc",
    "a" * 5000,
    "\ud7ff",
]


def changed(text: str, chance: random.Random) -> str:
    """Give the text with some of it cut, doubled, or replaced."""
    if chance.random() < 0.4:
        return chance.choice(HOSTILE)
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(["", *HOSTILE, text]) + text[at + chance.randrange(4) :]


def databag(endpoint: str, chance: random.Random) -> dict[str, str]:
    """Give what a broken or hostile application might write."""
    sound = SOUND[endpoint]
    bag = {key: changed(value, chance) if chance.random() < 0.6 else value for key, value in sound.items()}
    if chance.random() < 0.3:
        bag.pop(chance.choice(list(bag)))
    if chance.random() < 0.3:
        bag[chance.choice(["url", "scheme", "public_address", "a"])] = chance.choice(HOSTILE)
    # Juju keeps no empty values.
    return {key: value for key, value in bag.items() if value}


@pytest.mark.parametrize("endpoint", sorted(SOUND))
def test_any_databag(ctx, endpoint):
    chance = random.Random(f"{SEED} {endpoint}")
    for _ in range(RUNS // len(SOUND)):
        app, unit = databag(endpoint, chance), databag(endpoint, chance)
        relation = testing.Relation(endpoint, remote_app_data=app, remote_units_data={0: unit})
        state = ctx.run(ctx.on.relation_changed(relation), world(relation))
        written = seen(ctx, state)
        assert set(written.policy) <= {
            "kind",
            "version",
            "controllers",
            "web",
            "notify",
            "clusters",
            "sharing",
            "store",
        }
        assert [one["name"] for one in written.policy.get("controllers", [])] in ([], ["juju"])


def grown(chance: random.Random) -> str:
    """Give a text of marks of YAML and of our own keys."""
    marks = [
        "controllers",
        "web",
        "notify",
        "targets",
        ":",
        ": ",
        "\n",
        "\n  ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!",
        "|",
    ]
    return "".join(chance.choice([*marks, *HOSTILE[:20]]) for _ in range(chance.randrange(30)))


def test_any_policy_text():
    chance = random.Random(SEED)
    for _ in range(300):
        with contextlib.suppress(policy_text.PolicyTextError):
            document: Any = policy_text.parse(grown(chance))
            policy_text.controllers(document, [{"name": "own"}])
            policy_text.notify(document, ["http://a"], None)


@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000, "a: &a [*a", "? " * 3000, "a: *nobody"])
def test_texts_that_break_parsers_are_refused_unquoted(text):
    with pytest.raises(yaml_text.YamlError) as told:
        yaml_text.parse(text)
    assert text not in str(told.value)
