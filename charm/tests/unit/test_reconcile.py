"""From options and secrets to a daemon that runs."""

import json
import logging
from typing import Any

import ops
import pytest
from ops import testing
from unit.conftest import (
    CA,
    LOGIN,
    PROGRAM,
    TOKEN,
    VERSION,
    FakePage,
    container,
    own_token,
    peers,
    seen,
    user_secret,
    world,
)

import daemon

POLICY_CHECK = [PROGRAM, "policy", "check"]


def checked(code: int = 1, **found: Any) -> testing.Exec:
    return testing.Exec(POLICY_CHECK, return_code=code, stdout=json.dumps({"mistakes": [], "notes": [], **found}))


def running(**environment: str) -> dict[str, Any]:
    """A container in which the daemon runs already."""
    layer = ops.pebble.Layer({"services": {"holdfast": {"override": "replace", "command": "x", "startup": "enabled"}}})
    return {"layers": {"holdfast": layer}, "service_statuses": {"holdfast": ops.pebble.ServiceStatus.ACTIVE}}


class TestDaemon:
    def test_is_started_with_policy_and_files_of_mode_0600(self, ctx):
        out = ctx.run(ctx.on.pebble_ready(container()), world())
        found = seen(ctx, out)
        assert set(found.modes.values()) == {0o600}
        assert found.policy["controllers"] == [
            {
                "name": "juju",
                "addresses": ["10.1.2.3:17070", "[fd00::1]:17070"],
                "identities": {"observer": {"credentialsFile": "controller-juju-observer.yaml"}},
                "caFile": "controller-juju-ca.pem",
            }
        ]
        assert json.loads(found.files["controller-juju-observer.yaml"]) == LOGIN
        assert found.files["controller-juju-ca.pem"] == CA
        assert out.get_container("holdfast").services["holdfast"].is_running()

    def test_runs_as_the_layer_says(self, ctx):
        out = ctx.run(ctx.on.pebble_ready(container()), world())
        service = seen(ctx, out).plan.services["holdfast"]
        assert service.command == f"{PROGRAM} run --policy /etc/holdfast/holdfast.yaml"
        assert service.environment["HOLDFAST_LISTEN"] == "127.0.0.1:8420"
        assert service.environment["HOLDFAST_UNIT"] == "holdfast-0"
        assert "HOLDFAST_DATABASE" not in service.environment
        assert service.on_check_failure == {"alive": "restart"}

    def test_no_secret_is_in_arguments_environment_log_or_databags(self, ctx, caplog):
        with caplog.at_level(logging.DEBUG):
            out = ctx.run(ctx.on.config_changed(), world())
        told = json.dumps(seen(ctx, out).plan.to_dict()) + str(ctx.juju_log)
        told += str([vars(relation) for relation in out.relations]) + str(out.unit_status)
        told += str(ctx.exec_history)
        for secret in (LOGIN["password"], TOKEN):
            assert secret not in told

    def test_the_workload_version_is_told(self, ctx):
        assert ctx.run(ctx.on.config_changed(), world()).workload_version == "0.1.0"

    def test_a_version_that_is_not_told_stops_nothing(self, ctx):
        broken = container(testing.Exec([PROGRAM, "--version"], return_code=1))
        out = ctx.run(ctx.on.config_changed(), world(holdfast=broken))
        assert out.workload_version == ""
        assert isinstance(out.unit_status, testing.ActiveStatus)

    def test_the_port_is_opened_only_where_others_may_come(self, ctx):
        assert ctx.run(ctx.on.config_changed(), world()).opened_ports == frozenset()

    @pytest.mark.parametrize("name", ["start", "config_changed", "update_status", "upgrade_charm", "leader_elected"])
    def test_every_event_brings_it_there(self, ctx, name):
        out = ctx.run(getattr(ctx.on, name)(), world())
        assert "holdfast" in seen(ctx, out).plan.services

    @pytest.mark.parametrize("name", ["install", "stop", "remove"])
    def test_events_at_both_ends_of_its_life_pass(self, ctx, name):
        ctx.run(getattr(ctx.on, name)(), world())

    def test_checks_that_fail_or_recover_show_at_once(self, ctx, page):
        page.ready, page.reasons = False, ["controller juju is not connected: not yet"]
        info = testing.CheckInfo("alive", failures=3, status=ops.pebble.CheckStatus.DOWN)
        plan = ops.pebble.Layer({"checks": {"alive": {"override": "replace", "tcp": {"port": 1}, "threshold": 3}}})
        box = container(check_infos={info}, layers={"holdfast": plan})
        out = ctx.run(ctx.on.pebble_check_failed(box, info), world(holdfast=box))
        assert out.unit_status == testing.WaitingStatus("controller juju is not connected: not yet")


@pytest.fixture
def kept(tmp_path):
    """The container's files outlive a run, as those of a real one do."""
    return {"mounts": {"etc": testing.Mount(location="/etc/holdfast", source=tmp_path)}}


class TestChange:
    def test_nothing_is_done_twice(self, ctx, kept):
        first = ctx.run(ctx.on.config_changed(), world(holdfast=container(**kept)))
        before = seen(ctx, first)
        ctx.exec_history.clear()
        second = ctx.run(ctx.on.update_status(), first)
        assert seen(ctx, second).files == before.files
        assert [call.command[1] for call in ctx.exec_history.get("holdfast", [])] == ["--version"]

    def test_a_new_policy_is_read_anew_without_a_restart(self, ctx, kept, monkeypatch):
        signals: list[str] = []
        monkeypatch.setattr(ops.Container, "send_signal", lambda _, name, *services: signals.append(name))
        first = ctx.run(ctx.on.config_changed(), world(holdfast=container(**kept)))
        assert signals == []
        changed = {**first.config, "policy": "rules: [{match: {}, mode: propose}]"}
        second = ctx.run(ctx.on.config_changed(), _with(first, config=changed))
        assert signals == ["SIGHUP"]
        assert seen(ctx, second).policy["rules"] == [{"match": {}, "mode": "propose"}]

    def test_what_only_a_start_takes_over_restarts_it(self, ctx, kept, monkeypatch):
        signals: list[str] = []
        monkeypatch.setattr(ops.Container, "send_signal", lambda _, name, *services: signals.append(name))
        first = ctx.run(ctx.on.config_changed(), world(holdfast=container(**kept)))
        key = seen(ctx, first).plan.services["holdfast"].environment["HOLDFAST_CHARM_RESTART"]
        second = ctx.run(
            ctx.on.config_changed(), _with(first, config={**first.config, "knowledge-data": '{"date": "2026-11-01"}'})
        )
        found = seen(ctx, second)
        assert found.plan.services["holdfast"].environment["HOLDFAST_CHARM_RESTART"] != key
        assert found.plan.services["holdfast"].environment["HOLDFAST_DATA"] == "/etc/holdfast/knowledge"
        assert json.loads(found.files["knowledge/charm.json"]) == {
            "kind": "Knowledge",
            "version": "v1",
            "date": "2026-11-01",
        }
        assert signals == []

    def test_files_that_nobody_wants_any_more_are_removed(self, ctx, kept):
        more = user_secret({"slack-url": "https://chat.example/hook"})
        box = container(**kept)
        first = ctx.run(ctx.on.config_changed(), world(config={"policy-files": more.id}, secrets=(more,), holdfast=box))
        assert seen(ctx, first).files["files/slack-url"] == "https://chat.example/hook"
        without = {key: value for key, value in first.config.items() if key != "policy-files"}
        second = ctx.run(ctx.on.config_changed(), _with(first, config=without))
        assert "files/slack-url" not in seen(ctx, second).files


class TestCredentials:
    def test_missing_ones_are_asked_for(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(config={"juju-credentials": None}))
        assert out.unit_status == testing.BlockedStatus(
            "set juju-credentials to a secret with the username and password of a Juju user"
        )
        assert "holdfast" not in seen(ctx, out).plan.services

    def test_ones_that_are_not_granted_are_named(self, ctx):
        state = world(config={"juju-credentials": "secret:copp9vfmp25c77di8nm0"})
        out = ctx.run(ctx.on.config_changed(), state)
        assert out.unit_status == testing.BlockedStatus(
            "juju-credentials: there is no such secret, or it is not granted: juju grant-secret"
        )

    def test_a_refusal_of_juju_is_no_error_of_the_hook(self, ctx, monkeypatch):
        def refuse(*_: object, **__: object) -> None:
            raise ops.ModelError("permission denied")

        monkeypatch.setattr(ops.Secret, "get_content", refuse)
        out = ctx.run(ctx.on.config_changed(), world())
        assert out.unit_status == testing.BlockedStatus(
            "juju-credentials: the secret cannot be read: juju grant-secret"
        )

    def test_rotated_ones_are_taken_over(self, ctx):
        login = user_secret(LOGIN, latest_content={**LOGIN, "password": "another-one"})
        state = world(config={"juju-credentials": login.id}, secrets=(login,))
        out = ctx.run(ctx.on.secret_changed(login), state)
        assert json.loads(seen(ctx, out).files["controller-juju-observer.yaml"])["password"] == "another-one"

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ({"username": "a"}, "juju-credentials: the secret needs username and password"),
            (
                {**LOGIN, "pasword": "x"},
                "juju-credentials: unknown key pasword: use controller-addresses, username, password, ca-cert, "
                "client-id, client-secret",
            ),
        ],
    )
    def test_keys_that_are_wrong_are_told(self, ctx, content, sentence):
        login = user_secret(content)
        out = ctx.run(ctx.on.config_changed(), world(config={"juju-credentials": login.id}, secrets=(login,)))
        assert out.unit_status == testing.BlockedStatus(sentence)

    def test_addresses_and_authority_in_the_secret_win(self, ctx):
        login = user_secret({**LOGIN, "controller-addresses": "a:17070, b:17070", "ca-cert": "PEM"})
        out = ctx.run(ctx.on.config_changed(), world(config={"juju-credentials": login.id}, secrets=(login,)))
        found = seen(ctx, out)
        assert found.policy["controllers"][0]["addresses"] == ["a:17070", "b:17070"]
        assert found.files["controller-juju-ca.pem"] == "PEM\n"
        assert json.loads(found.files["controller-juju-observer.yaml"]) == LOGIN

    def test_a_login_of_jaas_is_handed_on(self, ctx):
        login = user_secret({"client-id": "id", "client-secret": "se"})
        out = ctx.run(ctx.on.config_changed(), world(config={"juju-credentials": login.id}, secrets=(login,)))
        assert json.loads(seen(ctx, out).files["controller-juju-observer.yaml"]) == {
            "client-id": "id",
            "client-secret": "se",
        }

    @pytest.mark.parametrize(
        ("variable", "authority", "sentence"),
        [
            ("", CA, "juju: the secret of the observer needs controller-addresses (host:port)"),
            ("10.0.0.1:17070", "", "juju: the secret of the observer needs ca-cert, the controller's own CA (PEM)"),
        ],
    )
    def test_an_own_controller_that_is_not_known_is_asked_for(self, ctx, monkeypatch, variable, authority, sentence):
        monkeypatch.setenv("JUJU_API_ADDRESSES", variable)
        monkeypatch.setattr("credentials.own_authority", lambda _folder: authority)
        assert ctx.run(ctx.on.config_changed(), world()).unit_status == testing.BlockedStatus(sentence)

    def test_further_identities_get_their_own_files(self, ctx):
        auditor, remediator = user_secret({**LOGIN, "username": "aud"}), user_secret({**LOGIN, "username": "rem"})
        prober = user_secret({**LOGIN, "username": "pro"})
        config = {
            "auditor-credentials": auditor.id,
            "remediator-credentials": remediator.id,
            "prober-credentials": prober.id,
        }
        out = ctx.run(ctx.on.config_changed(), world(config=config, secrets=(auditor, remediator, prober)))
        found = seen(ctx, out)
        assert set(found.policy["controllers"][0]["identities"]) == {"observer", "auditor", "remediator", "prober"}
        assert json.loads(found.files["controller-juju-remediator.yaml"])["username"] == "rem"
        assert json.loads(found.files["controller-juju-prober.yaml"])["username"] == "pro"

    def test_an_observer_is_needed_first(self, ctx):
        auditor = user_secret()
        config = {"juju-credentials": None, "auditor-credentials": auditor.id}
        out = ctx.run(ctx.on.config_changed(), world(config=config, secrets=(auditor,)))
        assert out.unit_status == testing.BlockedStatus(
            "set juju-credentials, too: the observer is needed before the other identities"
        )

    def test_further_controllers_come_with_their_secrets(self, ctx):
        other = user_secret({**LOGIN, "controller-addresses": "p:17070", "ca-cert": "PEM"})
        config = {"controllers": f"prod: {{observer: {other.id}}}"}
        out = ctx.run(ctx.on.config_changed(), world(config=config, secrets=(other,)))
        assert [one["name"] for one in seen(ctx, out).policy["controllers"]] == ["juju", "prod"]

    def test_a_further_controller_alone_is_enough(self, ctx):
        other = user_secret({**LOGIN, "controller-addresses": "p:17070", "ca-cert": "PEM"})
        config = {"juju-credentials": None, "controllers": f"prod: {{observer: {other.id}}}"}
        out = ctx.run(ctx.on.config_changed(), world(config=config, secrets=(other,)))
        assert [one["name"] for one in seen(ctx, out).policy["controllers"]] == ["prod"]

    def test_a_further_controller_that_is_not_granted_is_named(self, ctx):
        config = {"controllers": "prod: {observer: secret:copp9vfmp25c77di8nm0}"}
        out = ctx.run(ctx.on.config_changed(), world(config=config))
        assert out.unit_status.message.startswith("controllers: prod: observer: there is no such secret")


class TestPolicy:
    def test_mistakes_leave_the_policy_before_in_force(self, ctx, kept, monkeypatch):
        signals: list[str] = []
        monkeypatch.setattr(ops.Container, "send_signal", lambda _, name, *services: signals.append(name))
        first = ctx.run(ctx.on.config_changed(), world(holdfast=container(**kept)))
        box = first.get_container("holdfast")
        wrong = checked(mistakes=["rules[0].mode: choose observe, propose, enforce", "windows: …"])
        bad = _with(
            first,
            config={**first.config, "policy": "rules: [{match: {}, mode: enforced}]"},
            containers={_with(box, execs={VERSION, wrong})},
        )
        second = ctx.run(ctx.on.config_changed(), bad)
        assert second.unit_status == testing.BlockedStatus(
            "policy: rules[0].mode: choose observe, propose, enforce (and 1 more: run check-policy)"
        )
        assert "rules" not in seen(ctx, second).policy
        assert second.get_container("holdfast").services["holdfast"].is_running()
        assert signals == []

    def test_troubles_with_files_count_too(self, ctx):
        wrong = checked(0, notes=["notify: chat: /etc/holdfast/files/slack-url cannot be read"])
        out = ctx.run(ctx.on.config_changed(), world(holdfast=container(wrong)))
        assert out.unit_status == testing.BlockedStatus(
            "policy: notify: chat: /etc/holdfast/files/slack-url cannot be read"
        )
        assert "holdfast" not in seen(ctx, out).plan.services

    def test_a_check_that_only_finds_idle_rules_passes(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(holdfast=container(checked(2))))
        assert isinstance(out.unit_status, testing.ActiveStatus)

    def test_a_check_that_fails_otherwise_is_told(self, ctx):
        broken = testing.Exec(
            POLICY_CHECK, return_code=1, stderr="holdfast: /etc/holdfast/candidate.yaml is too large\n"
        )
        out = ctx.run(ctx.on.config_changed(), world(holdfast=container(broken)))
        assert out.unit_status == testing.BlockedStatus("policy: /etc/holdfast/candidate.yaml is too large")

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("rules: [", "policy: line 1, column 9: expected the node content, but found '<stream end>'"),
            ("- a", "policy: write keys and values"),
            ("a: 1\na: 2", "policy: line 2, column 1: this key comes twice"),
            ("controllers: {}", "policy: controllers: write a list"),
            ("web: yes", "policy: web: write keys and values"),
            ("notify: 3", "policy: notify: write keys and values"),
        ],
    )
    def test_text_that_cannot_be_read_is_told_with_its_place(self, ctx, text, sentence):
        out = ctx.run(ctx.on.config_changed(), world(config={"policy": text}))
        assert out.unit_status == testing.BlockedStatus(sentence)

    def test_the_option_mode_wins(self, ctx):
        text = "defaults: {mode: enforce, profile: strict}"
        out = ctx.run(ctx.on.config_changed(), world(config={"policy": text, "mode": "observe"}))
        assert seen(ctx, out).policy["defaults"] == {"mode": "observe", "profile": "strict"}

    def test_times_and_words_stay_as_they_were_written(self, ctx):
        text = "waivers: [{id: on, expires: 2027-03-31T00:00:00Z, at: 12:30, no: 010}]"
        out = ctx.run(ctx.on.config_changed(), world(config={"policy": text}))
        assert seen(ctx, out).policy["waivers"] == [
            {"id": "on", "expires": "2027-03-31T00:00:00Z", "at": "12:30", "no": 10}
        ]

    @pytest.mark.parametrize(
        ("config", "sentence"),
        [
            ({"mode": "watch"}, "mode: choose observe, propose, enforce"),
            ({"log-level": "loud"}, "log-level: choose debug, info, warn, error"),
            ({"external-hostname": "https://a"}, "external-hostname: write a host name, without scheme, port or path"),
            ({"controller-name": "../x"}, "controller-name: use letters, digits, dots and hyphens"),
            ({"controllers": "prod"}, "controllers: write NAME: {observer: secret:…}, one controller on each line"),
            ({"controllers": "a: {observer: x}"}, "controllers: a: observer: write the id of a secret, as secret:…"),
            (
                {"controllers": "juju: {observer: secret:copp9vfmp25c77di8nm0}"},
                "controllers: juju is this charm's own controller (controller-name)",
            ),
            (
                {"controllers": "a: {observer: secret:copp9vfmp25c77di8nm0, boss: x}"},
                "controllers: a: boss is none of observer, auditor, remediator, prober",
            ),
            (
                {"controllers": "a: {auditor: secret:copp9vfmp25c77di8nm0}"},
                "controllers: a: name the secret of its observer, as observer: secret:…",
            ),
            ({"controllers": "a b: {}"}, "controllers: names have letters, digits, dots and hyphens"),
            (
                {"controllers": "a: ["},
                "controllers: line 1, column 5: expected the node content, but found '<stream end>'",
            ),
            ({"knowledge-data": "[1]"}, "knowledge-data: write a JSON object with tables"),
            (
                {"knowledge-data": "{"},
                "knowledge-data: line 1, column 2: expected the node content, but found '<stream end>'",
            ),
            (
                {"mode": "x", "log-level": "y"},
                "mode: choose observe, propose, enforce (and 1 more)",
            ),
        ],
    )
    def test_options_that_cannot_be_used_are_told(self, ctx, config, sentence):
        out = ctx.run(ctx.on.config_changed(), world(config=config))
        assert out.unit_status == testing.BlockedStatus(sentence)


class TestContainer:
    def test_one_that_is_not_ready_is_waited_for(self, ctx):
        box = testing.Container("holdfast", can_connect=False)
        out = ctx.run(ctx.on.config_changed(), world(holdfast=box))
        assert out.unit_status == testing.WaitingStatus("waiting for the container")

    def test_a_daemon_that_ends_at_once_is_no_error_of_the_hook(self, ctx, monkeypatch):
        log = (
            "start attempt: exited quickly with code 1\nMost recent service output:\n"
            "    holdfast: /var/lib/holdfast is in use by another holdfast (process 7)"
        )
        _fail(monkeypatch, "replan", _change_error(log))
        out = ctx.run(ctx.on.config_changed(), world())
        assert out.unit_status == testing.BlockedStatus(
            "holdfast ends at once: /var/lib/holdfast is in use by another holdfast (process 7)"
        )

    def test_a_daemon_that_ends_without_a_word_shows_what_pebble_says(self, ctx, monkeypatch):
        _fail(monkeypatch, "replan", _change_error(""))
        out = ctx.run(ctx.on.config_changed(), world())
        assert out.unit_status == testing.BlockedStatus("holdfast ends at once: cannot start service")

    @pytest.mark.parametrize("method", ["push", "pull", "replan", "get_services", "add_layer", "exec", "list_files"])
    @pytest.mark.parametrize(
        "error",
        [
            ops.pebble.ConnectionError("socket is gone"),
            ops.pebble.APIError({}, 500, "Internal", "it broke"),
            ops.pebble.PathError("permission-denied", "not yours"),
            ops.pebble.TimeoutError("too late"),
            ops.ModelError("refused"),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_whatever_pebble_refuses_is_waited_for(self, ctx, monkeypatch, method, error):
        _fail(monkeypatch, method, error)
        out = ctx.run(ctx.on.config_changed(), world())
        assert isinstance(out.unit_status, testing.WaitingStatus)
        assert "failed: " in out.unit_status.message

    def test_a_daemon_that_does_not_answer_is_waited_for(self, ctx, page):
        page.trouble = "holdfast does not answer on port 8420"
        out = ctx.run(ctx.on.config_changed(), world())
        assert out.unit_status == testing.WaitingStatus("holdfast does not answer on port 8420")

    def test_a_daemon_that_ended_later_is_for_the_operator(self, ctx, page, monkeypatch):
        page.trouble = "holdfast does not answer on port 8420"
        monkeypatch.setattr("workload.Workload.runs", lambda _: False)
        out = ctx.run(ctx.on.update_status(), world())
        assert out.unit_status == testing.BlockedStatus("holdfast does not run: its log in the container says why")

    def test_one_that_was_started_just_now_is_given_time(self, ctx, page):
        first = ctx.run(ctx.on.config_changed(), world())
        assert page.asked.count("wait") == 1
        ctx.run(ctx.on.update_status(), first)
        assert page.asked.count("wait") == 1

    def test_the_page_is_asked_with_the_token_of_the_charm(self, ctx, page):
        ctx.run(ctx.on.config_changed(), world())
        assert page.tokens == {TOKEN}


class TestStatus:
    def test_says_what_matters_at_a_glance(self, ctx, page: FakePage):
        page.says = {
            "/api/v1/findings?severity=high": {"total": 3},
            "/api/v1/findings": {"total": 0},
            "/api/v1/models": {"items": [{"short": {"high": 2}}, {"short": {"high": 1}}, {"short": {"high": 0}}]},
            "/api/v1/orders": {"waiting": [{}], "quarantines": [], "pauses": []},
        }
        out = ctx.run(ctx.on.update_status(), world())
        assert out.unit_status == testing.ActiveStatus("3 high findings in 2 models; 1 plan waits for approval")

    def test_is_waiting_while_the_daemon_sees_nothing_yet(self, ctx, page):
        page.ready = False
        out = ctx.run(ctx.on.update_status(), world())
        assert out.unit_status == testing.WaitingStatus("holdfast is starting")


class TestUnits:
    def test_several_without_a_database_are_refused(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(planned_units=2))
        assert out.unit_status == testing.BlockedStatus(
            "several units need a common journal: relate database to PostgreSQL, or scale to 1"
        )

    def test_unit_0_goes_on_alone_meanwhile(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(planned_units=2))
        assert out.get_container("holdfast").services["holdfast"].is_running()
        assert "sharing" not in seen(ctx, out).policy

    def test_the_others_end_their_daemon(self, ctx_of_unit_1):
        box = container(**running())
        out = ctx_of_unit_1.run(ctx_of_unit_1.on.config_changed(), world(planned_units=2, leader=False, holdfast=box))
        assert not out.get_container("holdfast").services["holdfast"].is_running()

    def test_one_without_a_token_waits_for_the_leader(self, ctx):
        state = world(leader=False, relations={testing.PeerRelation("holdfast-peers")})
        out = ctx.run(ctx.on.config_changed(), state)
        assert out.unit_status == testing.WaitingStatus("waiting for the leader to make a token")

    def test_the_leader_makes_the_token_of_the_charm(self, ctx):
        state = world(relations={testing.PeerRelation("holdfast-peers")})
        out = ctx.run(ctx.on.leader_elected(), state)
        kept = json.loads(next(iter(out.relations)).local_app_data["tokens"])
        assert kept["charm"]["role"] == "viewer"
        assert len([one for one in out.secrets if (one.label or "").startswith("token-charm")]) == 2

    def test_a_follower_reads_the_tokens_that_the_leader_made(self, ctx_of_unit_1):
        state = world(leader=False, secrets=())
        out = ctx_of_unit_1.run(ctx_of_unit_1.on.config_changed(), state)
        found = seen(ctx_of_unit_1, out)
        assert [one["name"] for one in found.policy["web"]["tokens"]] == ["charm"]
        assert found.files[daemon.Token("charm", "viewer", TOKEN).file] == TOKEN + "\n"

    def test_a_token_that_cannot_be_read_yet_is_waited_for(self, ctx_of_unit_1):
        state = world(leader=False)
        state = _with(state, secrets={one for one in state.secrets if one.label != "token-charm"})
        out = ctx_of_unit_1.run(ctx_of_unit_1.on.config_changed(), state)
        assert out.unit_status == testing.WaitingStatus("waiting for the leader to make a token")


def _with(state: Any, **changes: Any) -> Any:
    import dataclasses

    return dataclasses.replace(state, **changes)


def _fail(monkeypatch: pytest.MonkeyPatch, method: str, error: Exception) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(ops.Container, method, refuse)


def _change_error(log: str) -> ops.pebble.ChangeError:
    task = {
        "id": "1",
        "kind": "start",
        "summary": "",
        "status": "Error",
        "log": [log],
        "progress": {"label": "", "done": 1, "total": 1},
        "spawn-time": "2026-11-22T00:00:00Z",
    }
    change = ops.pebble.Change.from_dict(
        {
            "id": "1",
            "kind": "replan",
            "summary": "",
            "status": "Error",
            "ready": True,
            "tasks": [task],
            "spawn-time": "2026-11-22T00:00:00Z",
        }
    )
    return ops.pebble.ChangeError("cannot start service", change)


__all__ = ["own_token", "peers"]
