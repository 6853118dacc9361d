"""Parts that need no Juju: texts, layer, own controller, what stands in charmcraft.yaml."""

import filecmp
import pathlib
import re
from typing import Any

import ops
import pytest
import yaml

import credentials
import daemon
import summary
import yaml_text
from config import CharmConfig

ROOT = pathlib.Path(__file__).parents[2]
META: dict[str, Any] = yaml.safe_load((ROOT / "charmcraft.yaml").read_text())


class TestSummary:
    @pytest.mark.parametrize(
        ("totals", "models", "orders", "sentence"),
        [
            ({}, 0, {}, "nothing to put right in 0 models"),
            ({"high": 3}, 2, {"waiting": [1]}, "3 high findings in 2 models; 1 plan waits for approval"),
            ({"critical": 1}, 1, {"waiting": [1, 2]}, "1 critical finding in 1 model; 2 plans wait for approval"),
            ({"critical": 2, "high": 1, "low": 9}, 3, {}, "2 critical, 1 high findings in 3 models"),
            ({"medium": 5, "low": 9}, 1, {"quarantines": [1]}, "5 medium findings in 1 model; 1 in quarantine"),
            ({"high": 1}, 0, {"pauses": [1]}, "1 high finding on the controller; changes are paused"),
        ],
    )
    def test_says_what_matters(self, totals, models, orders, sentence):
        gravest = next((name for name in ("critical", "high", "medium") if totals.get(name)), "none")
        told = [{"short": {gravest: 1}}] * models
        assert summary.sentence(totals, told, orders) == sentence


class TestYaml:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("2027-01-01", "2027-01-01"),
            ("12:30:45", "12:30:45"),
            ("on", "on"),
            ("Yes", "Yes"),
            ("true", True),
            ("~", None),
            ("", None),
            ("010", 10),
            ("0x1f", 31),
            ("0o17", 15),
            ("-7", -7),
            ("1e3", 1000.0),
            ("1_000", "1_000"),
            ("15s", "15s"),
            ("'10'", "10"),
        ],
    )
    def test_is_read_as_the_daemon_reads_it(self, text, value):
        found = yaml_text.parse(text)
        assert (found, type(found)) == (value, type(value))

    @pytest.mark.parametrize("text", ["a: [", "{a: 1}: b", "a: 1\na: 2", "!!python/object:os.system {}", "a: \x07"])
    def test_what_is_none_is_refused_without_quoting_it(self, text):
        with pytest.raises(yaml_text.YamlError) as refused:
            yaml_text.parse(text)
        assert "system" not in str(refused.value) or "tag" in str(refused.value)


class TestOwnController:
    CONF = "# format 2.0\ntag: unit-holdfast-0\ncacert: |\n  -----BEGIN CERTIFICATE-----\n  x\napipassword: hidden\n"

    @pytest.fixture
    def charm_dir(self, tmp_path) -> pathlib.Path:
        folder = tmp_path / "agents" / "unit-holdfast-0" / "charm"
        folder.mkdir(parents=True)
        return folder

    def test_authority_is_read_from_the_agent_of_the_unit(self, charm_dir):
        (charm_dir.parent / "agent.conf").write_text(self.CONF)
        assert credentials.own_authority(charm_dir) == "-----BEGIN CERTIFICATE-----\nx\n"

    def test_or_from_what_the_agent_was_made_of(self, charm_dir):
        (charm_dir.parents[2] / "template-agent.conf").write_text(self.CONF)
        assert credentials.own_authority(charm_dir) == "-----BEGIN CERTIFICATE-----\nx\n"

    @pytest.mark.parametrize("text", ["", "- a", "cacert: 3", "cacert: ''", "a: ["])
    def test_it_is_not_known_where_the_agent_does_not_say(self, charm_dir, text):
        (charm_dir.parent / "agent.conf").write_text(text)
        assert credentials.own_authority(charm_dir) == ""

    def test_addresses_come_from_the_environment_of_the_hook(self):
        assert credentials.own_addresses({"JUJU_API_ADDRESSES": "a:1 b:2"}) == ("a:1", "b:2")
        assert credentials.own_addresses({}) == ()


class TestLayer:
    WANTED = daemon.Wanted("holdfast-0", {}, (), daemon.Page((), ()))

    def test_is_one_that_pebble_knows(self):
        layer = ops.pebble.Layer(daemon.layer(self.WANTED))  # pyright: ignore[reportArgumentType]
        assert layer.services["holdfast"].startup == "enabled"
        assert layer.checks["alive"].http == {"url": "http://127.0.0.1:8420/healthz"}
        assert layer.checks["alive"].level == ops.pebble.CheckLevel.ALIVE

    def test_waits_longer_than_a_call_that_is_under_way(self):
        assert daemon.layer(self.WANTED)["services"]["holdfast"]["kill-delay"] == "25s"

    def test_proxies_of_the_model_are_handed_on(self):
        import dataclasses

        wanted = dataclasses.replace(self.WANTED, proxies={"HTTPS_PROXY": "http://proxy:3128"})
        assert daemon.environment(wanted)["HTTPS_PROXY"] == "http://proxy:3128"


class TestMetadata:
    def test_options_and_configuration_are_the_same(self):
        fields = {name.replace("_", "-") for name in CharmConfig.__dataclass_fields__}
        assert fields == set(META["config"]["options"])

    def test_defaults_are_the_same(self):
        for name, option in META["config"]["options"].items():
            default = CharmConfig.__dataclass_fields__[name.replace("-", "_")].default
            assert option.get("default") == default, name

    def test_secrets_are_secrets(self):
        for name, option in META["config"]["options"].items():
            is_secret = name.endswith("-credentials") or name == "policy-files"
            assert (option["type"] == "secret") is is_secret, name

    @pytest.mark.parametrize("name", META["actions"])
    def test_every_action_says_what_it_takes(self, name):
        action = META["actions"][name]
        assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", name)
        assert action["additionalProperties"] is False
        assert action["description"]
        for param, schema in action.get("params", {}).items():
            assert schema["description"], param
            assert schema["type"] in ("string", "boolean", "integer")
            assert schema["type"] != "string" or "maxLength" in schema or "enum" in schema, param
        assert set(action.get("required", ())) <= set(action.get("params", {}))

    @pytest.mark.parametrize("name", ["approve", "deny", "clear-quarantine", "pause", "resume"])
    def test_every_decision_needs_the_name_of_a_person(self, name):
        assert "name" in META["actions"][name]["required"]

    def test_every_relation_is_optional_and_says_what_for(self):
        for name, relation in {**META["provides"], **META["requires"]}.items():
            assert relation["optional"] is True, name
            assert relation["description"], name

    def test_it_asks_for_no_more_rights_than_it_needs(self):
        assert META["charm-user"] == "non-root"
        box = META["containers"]["holdfast"]
        assert (box["uid"], box["gid"]) == (584792, 584792)
        assert "trust" not in META["assumes"]

    def test_storage_lies_where_the_daemon_keeps_its_state(self):
        [mount] = META["containers"]["holdfast"]["mounts"]
        assert mount == {"storage": "journal", "location": daemon.STATE}

    def test_the_entry_point_can_be_started(self):
        assert (ROOT / "src" / "charm.py").stat().st_mode & 0o111


class TestObservability:
    @pytest.mark.parametrize("folder", ["prometheus_alert_rules", "grafana_dashboards"])
    def test_rules_and_dashboards_are_those_of_deploy(self, folder):
        ours, theirs = ROOT / "src" / folder, ROOT.parent / "deploy" / "observability" / folder
        names = sorted(one.name for one in theirs.iterdir())
        assert sorted(one.name for one in ours.iterdir()) == names
        assert filecmp.cmpfiles(ours, theirs, names, shallow=False)[0] == names, "make build copies them"


class TestLock:
    @pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
    def test_every_requirement_has_its_hashes_and_no_host_is_named(self, name):
        text = (ROOT / name).read_text()
        entries = re.split(r"\n(?=\S)", text.strip())
        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
        assert "://" not in text

    def test_what_is_wanted_is_locked(self):
        import tomllib

        project = tomllib.loads((ROOT / "pyproject.toml").read_text())
        wanted = [re.split(r"[\[<>=]", one)[0].lower() for one in project["project"]["dependencies"]]
        locked = (ROOT / "requirements.txt").read_text()
        assert all(f"\n{one}==" in f"\n{locked}" for one in wanted)
