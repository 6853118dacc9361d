"""Actions: results as data, failures as a sentence."""

import json
import pathlib
from typing import Any

import pytest
import yaml
from ops import testing
from unit.conftest import PROGRAM, TOKEN, container, own_token, peers, seen, world

from charm import HoldfastCharm
from page import PageError

Context = testing.Context[HoldfastCharm]
APPROVAL = {
    "kind": "Approval",
    "id": "a-1",
    "planHash": "3f2a9c",
    "decision": "approve",
    "by": "anna",
    "expiresAt": "2026-11-23T00:00:00Z",
}


def says(*command: str, code: int = 0, err: str = "", **document: Any) -> testing.Exec:
    return testing.Exec([PROGRAM, *command], return_code=code, stdout=json.dumps(document), stderr=err)


def run(ctx: Context, action: str, *execs: testing.Exec, params: dict[str, Any] | None = None, **changes: Any):
    state = changes.pop("state", None) or world(holdfast=container(*execs), **changes)
    return ctx.run(ctx.on.action(action, params=params or {}), state)


def command(ctx: Context, name: str) -> list[str]:
    """The arguments with which the program was run."""
    return next(call.command for call in ctx.exec_history["holdfast"] if call.command[1] == name)[1:]


def failure(
    ctx: Context, action: str, *execs: testing.Exec, params: dict[str, Any] | None = None, **changes: Any
) -> str:
    with pytest.raises(testing.ActionFailed) as failed:
        run(ctx, action, *execs, params=params, **changes)
    return failed.value.message


FINDING = {
    "control": "ETCD-ENC-01",
    "severity": "critical",
    "outcome": "fail",
    "reason": "ClientTlsDisabled",
    "message": "clear text",
    "target": {"kind": "application", "model": "data", "application": "etcd"},
    "evidence": ["much"],
}


class TestAudit:
    REPORT = {
        "kind": "Report",
        "summary": {"score": 41.5, "byOutcome": {"unknown": 7}},
        "findings": [
            FINDING,
            {**FINDING, "outcome": "pass"},
            {**FINDING, "control": "W", "waiver": {"state": "active"}},
            {**FINDING, "control": "L", "waiver": {"state": "lapsed"}},
        ],
    }

    def test_tells_what_falls_short(self, ctx):
        run(ctx, "audit", says("audit", code=2, **self.REPORT))
        results = ctx.action_results
        assert (results["findings"], results["unknown"], results["score"]) == (2, 7, 41.5)
        listed = json.loads(results["finding-list"])
        assert [one["control"] for one in listed] == ["ETCD-ENC-01", "L"]
        assert "evidence" not in listed[0]

    def test_goes_by_the_policy_and_by_what_is_wanted(self, ctx):
        run(ctx, "audit", says("audit", **self.REPORT), params={"severity": "high", "control": "--help"})
        assert command(ctx, "audit") == [
            *["audit", "--policy", "/etc/holdfast/holdfast.yaml", "--format", "json"],
            *["--severity=high", "--control=--help"],
        ]

    def test_says_that_there_is_nothing_to_weigh(self, ctx):
        run(ctx, "audit", says("audit", kind="Report", summary={"score": None}, findings=[]))
        assert ctx.action_results["score"] == "nothing to weigh"

    def test_fails_with_the_sentence_of_the_program(self, ctx):
        broken = says("audit", code=1, err="holdfast: controller juju cannot be reached\nmore\n")
        assert failure(ctx, "audit", broken) == "controller juju cannot be reached"

    def test_fails_where_the_program_says_nothing(self, ctx):
        assert failure(ctx, "audit", says("audit", code=137)) == "it ended with 137"

    def test_fails_where_the_answer_makes_no_sense(self, ctx):
        garbled = testing.Exec([PROGRAM, "audit"], stdout="[")
        assert failure(ctx, "audit", garbled) == "what the program said cannot be read"

    def test_a_list_that_is_too_long_is_cut_and_says_so(self, ctx):
        many = [{**FINDING, "message": "x" * 1000} for _ in range(200)]
        run(ctx, "audit", says("audit", code=2, **{**self.REPORT, "findings": many}))
        listed = json.loads(ctx.action_results["finding-list"])
        assert ctx.action_results["findings"] == 200
        assert ctx.action_results["finding-left-out"] == 200 - len(listed)
        assert len(ctx.action_results["finding-list"]) <= 100_000


class TestPlan:
    WAITING = {"plan": {"id": "p1", "hash": "3f2a", "target": {}, "actions": ["long"]}, "message": "m", "since": "s"}

    def test_tells_what_the_daemon_would_do_and_what_waits(self, ctx, page):
        page.says = {"/api/v1/plans": {"items": [{"id": "p1"}]}, "/api/v1/orders": {"waiting": [self.WAITING]}}
        run(ctx, "plan")
        assert ctx.action_results["plans"] == 1
        assert json.loads(ctx.action_results["waiting-list"]) == [
            {"id": "p1", "hash": "3f2a", "target": {}, "message": "m", "since": "s"}
        ]

    def test_tells_one_in_full(self, ctx, page):
        page.says = {"/api/v1/plans/p%2F1": {"id": "p/1", "actions": []}}
        run(ctx, "plan", params={"plan": "p/1"})
        assert json.loads(ctx.action_results["plan"]) == {"id": "p/1", "actions": []}

    def test_one_that_is_too_long_is_on_the_page(self, ctx, page):
        page.says = {"/api/v1/plans/p1": {"id": "x" * 200_000}}
        assert failure(ctx, "plan", params={"plan": "p1"}) == "the plan is too long for an action: see it on the page"

    def test_fails_where_the_daemon_does_not_answer(self, ctx, page):
        page.trouble = "holdfast does not answer on port 8420"
        assert failure(ctx, "plan") == "holdfast does not answer on port 8420"


class TestDecisions:
    @pytest.mark.parametrize("decision", ["approve", "deny"])
    def test_are_written_in_the_name_given_and_say_how_they_came(self, ctx, decision, monkeypatch):
        monkeypatch.setenv("JUJU_ACTION_UUID", "12")
        params = {"plan": "3f2a", "name": "anna", "reason": "CHG-7", "valid": "24h"}
        run(ctx, decision, says(decision, **{**APPROVAL, "decision": decision}), params=params)
        assert command(ctx, decision) == [
            decision,
            "--as=anna",
            f"--reason=CHG-7 (by the Juju action {decision} {_operation(ctx)} on holdfast/0)",
            *["--format", "json", "--valid=24h", "--", "3f2a"],
        ]
        assert ctx.action_results == {
            **{"id": "a-1", "plan-hash": "3f2a9c", "decision": decision, "by": "anna"},
            "expires-at": "2026-11-23T00:00:00Z",
        }

    def test_without_a_reason_still_say_how_they_came(self, ctx):
        run(ctx, "deny", says("deny", **APPROVAL), params={"plan": "3f2a", "name": "--all"})
        args = command(ctx, "deny")
        assert args[1] == "--as=--all"
        assert args[2].startswith("--reason=by the Juju action deny")

    def test_fail_with_the_sentence_of_the_program(self, ctx):
        broken = says("approve", code=1, err="holdfast: no plan begins with 3f2a\n")
        assert failure(ctx, "approve", broken, params={"plan": "3f2a", "name": "a"}) == "no plan begins with 3f2a"

    def test_show_in_the_status_at_once(self, ctx, page):
        page.says = {"/api/v1/orders": {"pauses": [1]}}
        out = run(ctx, "pause", says("pause", id="p-1", kind="Pause"), params={"name": "anna"})
        assert out.unit_status == testing.ActiveStatus("nothing to put right in 0 models; changes are paused")

    def test_clear_a_quarantine(self, ctx):
        params = {"control": "ETCD-ENC-01", "name": "anna", "model": "data", "application": "etcd", "all": True}
        run(ctx, "clear-quarantine", says("clear", kind="QuarantineList", items=[{"id": "q-1"}]), params=params)
        args = command(ctx, "clear")
        assert args[-5:] == ["--model=data", "--application=etcd", "--all", "--", "ETCD-ENC-01"]
        assert ctx.action_results == {"cleared": 1, "quarantine-list": '[{"id": "q-1"}]'}

    def test_pause(self, ctx):
        params = {"name": "anna", "duration": "2h", "controller": "prod", "model": "data"}
        run(ctx, "pause", says("pause", kind="Pause", id="p-1", until="2026-11-22T08:00:00Z"), params=params)
        assert command(ctx, "pause")[-3:] == ["--controller=prod", "--model=data", "--for=2h"]
        assert ctx.action_results == {"id": "p-1", "until": "2026-11-22T08:00:00Z"}

    @pytest.mark.parametrize(
        ("params", "last"),
        [({"id": "p-1"}, ["json", "--", "p-1"]), ({"all": True}, ["--format", "json", "--all"])],
        ids=["one", "all"],
    )
    def test_resume(self, ctx, params, last):
        run(ctx, "resume", says("resume", kind="PauseList", items=[1]), params={"name": "anna", **params})
        assert command(ctx, "resume")[-3:] == last
        assert ctx.action_results["lifted"] == 1


class TestRehearse:
    def test_tells_what_would_happen(self, ctx):
        rehearsal = {"compliance": {"before": {}, "after": {}}, "plans": [{"steps": []}]}
        run(ctx, "rehearse", says("rehearse", code=2, **rehearsal), params={"application": "etcd"})
        assert command(ctx, "rehearse")[-1] == "--application=etcd"
        assert ctx.action_results["plans"] == 1
        assert json.loads(ctx.action_results["compliance"]) == {"before": {}, "after": {}}


class TestShowReport:
    def test_tells_scores_and_the_gravest_findings(self, ctx, page):
        page.says = {
            "/api/v1/findings": {"total": 900, "items": [FINDING]},
            "/api/v1/models": {"items": [{"controller": "prod", "model": "data", "score": 12.5}]},
        }
        run(ctx, "show-report", params={"model": "da*", "limit": 1})
        assert page.asked[0] == "/api/v1/findings?model=da%2A&limit=1"
        assert ctx.action_results["findings"] == 900
        assert json.loads(ctx.action_results["scores"]) == {"prod:data": 12.5}

    def test_fails_with_the_sentence_of_the_page(self, ctx, page, monkeypatch):
        def refuse(_: str) -> None:
            raise PageError("severity: write one of critical, high")

        monkeypatch.setattr(page, "get", refuse)
        assert failure(ctx, "show-report") == "severity: write one of critical, high"


class TestCheckPolicy:
    def test_says_that_all_is_well(self, ctx):
        run(ctx, "check-policy")
        assert ctx.action_results == {"mistakes": 0}

    def test_tells_every_mistake(self, ctx):
        wrong = says("policy", "check", code=1, mistakes=["a: wrong", "b: wrong"], notes=[])
        assert failure(ctx, "check-policy", wrong) == "the policy has 2 mistakes; a: wrong"
        assert json.loads(ctx.action_results["mistake-list"]) == ["a: wrong", "b: wrong"]

    def test_tells_what_cannot_be_read(self, ctx):
        sentence = failure(ctx, "check-policy", config={"policy": "web: 3"})
        assert sentence == "policy: web: write keys and values"


class TestVerifyAuditLog:
    def test_says_that_it_is_whole(self, ctx):
        run(ctx, "verify-audit-log", says("audit-log", kind="AuditVerdict", version="v1", state="whole", records=3))
        assert ctx.action_results == {"state": "whole", "records": 3}

    def test_fails_where_a_record_was_altered(self, ctx):
        altered = says("audit-log", code=2, kind="AuditVerdict", version="v1", state="broken", at={"seq": 2})
        assert failure(ctx, "verify-audit-log", altered) == "the audit trail is not as it was written"
        assert ctx.action_results == {"state": "broken", "at": '{"seq": 2}'}


class TestGetToken:
    ANNA = testing.Secret({"token": "anna-s-token"}, owner="app", id="secret:d0a1b2c3d4e5f6a7b8d0", label="token-anna")

    def known(self) -> testing.State:
        return world(secrets=(self.ANNA,), relations={peers(own_token(), anna=self.ANNA)})

    def test_makes_one_and_names_the_secret_that_holds_it(self, ctx):
        out = run(ctx, "get-token", params={"name": "anna", "role": "approver"})
        made = next(one for one in out.secrets if (one.label or "").startswith("token-anna"))
        token = (made.latest_content or made.tracked_content)["token"]
        assert len(token) == 64
        assert ctx.action_results["secret-id"] == made.id.removeprefix("secret:")
        assert token not in json.dumps(ctx.action_results)
        tokens = {one["name"]: one["role"] for one in seen(ctx, out).policy["web"]["tokens"]}
        assert tokens == {"charm": "viewer", "anna": "approver"}

    def test_finds_one_that_was_made(self, ctx):
        out = run(ctx, "get-token", state=self.known(), params={"name": "anna", "role": "approver"})
        assert ctx.action_results["secret-id"] == self.ANNA.id.removeprefix("secret:")
        assert len([one for one in out.secrets if one.owner == "app"]) == 2

    def test_does_not_change_what_one_may_do(self, ctx):
        params = {"name": "anna", "role": "viewer"}
        assert failure(ctx, "get-token", state=self.known(), params=params) == (
            "the token of anna has the role approver: remove it first"
        )

    def test_replaces_one(self, ctx):
        params = {"name": "anna", "role": "approver", "rotate": True}
        out = run(ctx, "get-token", state=self.known(), params=params)
        assert out.get_secret(id=self.ANNA.id).latest_content != {"token": "anna-s-token"}
        assert "anna-s-token\n" not in seen(ctx, out).files.values()

    def test_withdraws_one(self, ctx):
        out = run(ctx, "get-token", state=self.known(), params={"name": "anna", "remove": True})
        assert [one["name"] for one in seen(ctx, out).policy["web"]["tokens"]] == ["charm"]
        assert ctx.action_results == {"name": "anna", "removed": True}

    @pytest.mark.parametrize(
        ("params", "sentence"),
        [
            ({"name": "charm"}, "charm is the name of the charm itself"),
            ({"name": "bert", "remove": True}, "there is no token in the name of bert"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, ctx, params, sentence):
        assert failure(ctx, "get-token", params=params) == sentence

    def test_only_the_leader_makes_one(self, ctx):
        sentence = failure(ctx, "get-token", params={"name": "anna"}, leader=False)
        assert sentence == "only the leader changes tokens: run it on holdfast/leader"


class TestAnyAction:
    ALL = [
        *[("audit", {}), ("plan", {}), ("rehearse", {}), ("show-report", {}), ("check-policy", {})],
        *[("verify-audit-log", {}), ("approve", {"plan": "a", "name": "b"}), ("deny", {"plan": "a", "name": "b"})],
        *[("clear-quarantine", {"control": "a", "name": "b"}), ("pause", {"name": "b"}), ("resume", {"name": "b"})],
    ]

    @pytest.mark.parametrize(("action", "params"), ALL, ids=[name for name, _ in ALL])
    def test_says_what_is_missing_before_the_charm_is_set_up(self, ctx, action, params):
        sentence = failure(ctx, action, params=params, config={"juju-credentials": None})
        assert sentence.startswith("holdfast is not set up: set juju-credentials")

    @pytest.mark.parametrize(("action", "params"), [one for one in ALL if one[0] not in ("plan", "show-report")])
    def test_waits_for_the_container(self, ctx, action, params):
        box = testing.Container("holdfast", can_connect=False)
        with pytest.raises(testing.ActionFailed):
            ctx.run(ctx.on.action(action, params=params), world(holdfast=box))

    def test_every_action_is_tried_here(self, ctx):
        declared = yaml.safe_load((pathlib.Path(__file__).parents[2] / "charmcraft.yaml").read_text())["actions"]
        assert set(declared) == {name for name, _ in self.ALL} | {"get-token"}

    def test_one_that_only_tells_leaves_the_status(self, ctx):
        state = world(unit_status=testing.ActiveStatus("as it was"))
        out = ctx.run(ctx.on.action("check-policy"), state)
        assert out.unit_status == testing.ActiveStatus("as it was")

    def test_no_token_is_in_results(self, ctx, page):
        run(ctx, "show-report")
        assert TOKEN not in json.dumps(ctx.action_results)


def _operation(ctx: Context) -> str:
    args = next(call.command for call in ctx.exec_history["holdfast"] if call.command[1] in ("approve", "deny"))
    return args[3].split(" on ")[0].split()[-1]
