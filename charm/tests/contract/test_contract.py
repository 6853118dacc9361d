"""The charm's side of the contract with the daemon; the daemon's is test/contract/charm-config.spec.ts."""

import json

import pytest
from contract.example import FILE, example


@pytest.mark.parametrize("part", ["files", "environment", "command", "commands", "paths"])
def test_the_charm_gives_what_the_example_says(part):
    kept = json.loads(FILE.read_text())
    assert example()[part] == kept[part], "python tests/contract/example.py writes it anew"
