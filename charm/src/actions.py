"""The actions: commands of the program in the container, or what its page says, as data."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import ops

import daemon
import policy_text
from page import Page, PageError
from situation import Situation
from tokens import OWN, TokenError, Tokens
from workload import Answer, Workload, WorkloadError

# One result travels as one argument of a program, of which Linux takes 128 KiB.
_MOST_BYTES = 100_000
_LOOK_SECONDS = 600.0
_FOUND = (0, 2)

Params = Mapping[str, Any]


class ActionError(Exception):
    """Why an action failed, in a sentence for whoever ran it."""

    def __init__(self, sentence: str, results: Params | None = None):
        super().__init__(sentence)
        self.results = results or {}


class Actions:
    """What the actions do. Each gives its results, or raises ActionError."""

    def __init__(self, charm: ops.CharmBase, workload: Workload, tokens: Tokens):
        self._charm = charm
        self._workload = workload
        self._tokens = tokens

    def run(self, event: ops.ActionEvent, act: Callable[[Params, Situation], Params], found: Situation) -> None:
        """Run an action and answer whoever ran it."""
        try:
            event.set_results(dict(act(event.params, found)))
        except ActionError as error:
            event.set_results(dict(error.results))
            event.fail(str(error))
        except (WorkloadError, PageError, TokenError, policy_text.PolicyTextError) as error:
            event.fail(str(error))

    def audit(self, params: Params, found: Situation) -> Params:
        """Look at the estate anew."""
        args = ["audit", "--policy", daemon.POLICY, "--format", "json", *_options(params, "severity", *_FILTERS)]
        report = _document(self._command(args, found, seconds=_LOOK_SECONDS))
        return _report(report, report.get("findings", []))

    def plan(self, params: Params, found: Situation) -> Params:
        """Tell what the daemon would do."""
        page = self._page(found)
        if named := params.get("plan"):
            return {"plan": _fitting(page.get(f"/api/v1/plans/{quote(named, safe='')}"))}
        plans = page.get("/api/v1/plans").get("items", [])
        waiting = page.get("/api/v1/orders").get("waiting", [])
        return {
            "plans": len(plans),
            **_listed("plan", plans),
            "waiting": len(waiting),
            **_listed("waiting", [_without_actions(one) for one in waiting]),
        }

    def approve(self, params: Params, found: Situation) -> Params:
        """Write down that somebody approves a plan."""
        return self._decide("approve", params, found)

    def deny(self, params: Params, found: Situation) -> Params:
        """Write down that somebody denies a plan."""
        return self._decide("deny", params, found)

    def clear_quarantine(self, params: Params, found: Situation) -> Params:
        """End a quarantine."""
        args = ["clear", *self._person("clear-quarantine", params)]
        args += _options(params, "controller", "model", "application")
        args += ["--all"] if params.get("all") else []
        cleared = _document(self._command([*args, "--", params["control"]], found))
        return {"cleared": len(cleared["items"]), **_listed("quarantine", cleared["items"])}

    def rehearse(self, params: Params, found: Situation) -> Params:
        """Play the plan on a simulated copy."""
        args = ["rehearse", "--policy", daemon.POLICY, "--format", "json", *_options(params, *_FILTERS)]
        rehearsal = _document(self._command(args, found, seconds=_LOOK_SECONDS))
        plans = rehearsal.get("plans", [])
        whole = {"compliance": json.dumps(rehearsal.get("compliance", {})), "plans": len(plans)}
        return {**whole, **_listed("plan", plans)}

    def show_report(self, params: Params, found: Situation) -> Params:
        """Tell the daemon's report."""
        page = self._page(found)
        query = {key: str(params[key]) for key in ("model", "severity", "limit") if params.get(key)}
        findings = page.get(f"/api/v1/findings?{urlencode(query)}")
        models = page.get("/api/v1/models").get("items", [])
        scores = {f"{one.get('controller', '')}:{one.get('model', '')}": one.get("score") for one in models}
        items = findings.get("items", [])
        total = findings.get("total", len(items))
        return {"findings": total, "scores": json.dumps(scores), **_listed("finding", [_brief(one) for one in items])}

    def check_policy(self, _params: Params, found: Situation) -> Params:
        """Have the program check the policy, as the charm completes it."""
        wanted = self._wanted(found)
        mistakes = self._workload.mistakes_in(daemon.policy(wanted), wanted)
        if mistakes:
            raise ActionError(
                f"the policy has {len(mistakes)} mistake{'s' * (len(mistakes) > 1)}; {mistakes[0]}",
                _listed("mistake", mistakes),
            )
        return {"mistakes": 0}

    def pause(self, params: Params, found: Situation) -> Params:
        """Keep the daemon from changing anything."""
        args = ["pause", *self._person("pause", params), *_options(params, "controller", "model")]
        args += [f"--for={params['duration']}"] if params.get("duration") else []
        made = _document(self._command(args, found))
        return {key: value for key in ("id", "until", "controller", "model") if (value := made.get(key))}

    def resume(self, params: Params, found: Situation) -> Params:
        """Lift a pause."""
        args = ["resume", *self._person("resume", params), *(["--all"] if params.get("all") else [])]
        args += ["--", params["id"]] if params.get("id") else []
        lifted = _document(self._command(args, found))
        return {"lifted": len(lifted["items"]), **_listed("pause", lifted["items"])}

    def verify_audit_log(self, _params: Params, found: Situation) -> Params:
        """Hold the audit trail against its hashes."""
        answer = self._command(["audit-log", "--verify", "--format", "json"], found, seconds=_LOOK_SECONDS)
        verdict = {key: value for key, value in _document(answer).items() if key not in ("kind", "version")}
        results = {key: value if isinstance(value, str | int) else json.dumps(value) for key, value in verdict.items()}
        if answer.code != 0:
            raise ActionError("the audit trail is not as it was written", results)
        return results

    def get_token(self, params: Params, found: Situation) -> Params:
        """Make, find, replace or withdraw a token. Its value stays in the secret."""
        name, role = params["name"], params.get("role", "viewer")
        if name == OWN:
            raise ActionError(f"{OWN} is the name of the charm itself")
        if params.get("remove"):
            self._tokens.remove(name)
            return {"name": name, "removed": True}
        given = self._tokens.given().get(name)
        if given is None:
            given = self._tokens.make(name, role)
        elif given.role != role:
            raise ActionError(f"the token of {name} has the role {given.role}: remove it first")
        elif params.get("rotate"):
            given = self._tokens.rotate(name)
        url = found.page.url if found.page else None
        secret = given.secret_id.rsplit("/", 1)[-1].removeprefix("secret:")
        return {
            "name": name,
            "role": given.role,
            "secret-id": secret,
            "reveal": f"juju show-secret --reveal {secret}",
            **({"url": url} if url else {}),
        }

    def _decide(self, decision: str, params: Params, found: Situation) -> Params:
        args = [decision, *self._person(decision, params), *_options(params, "valid")]
        said = _document(self._command([*args, "--", params["plan"]], found))
        told = {"id": "id", "planHash": "plan-hash", "decision": "decision", "by": "by", "expiresAt": "expires-at"}
        return {name: said[key] for key, name in told.items() if key in said}

    def _person(self, action: str, params: Params) -> list[str]:
        """Who says it. Juju does not tell who ran an action: that it came by one goes into the audit trail."""
        operation = os.environ.get("JUJU_ACTION_UUID", "")
        way = f"by the Juju action {action}{f' {operation}' if operation else ''} on {self._charm.unit.name}"
        reason = f"{params['reason']} ({way})" if params.get("reason") else way
        return [f"--as={params['name']}", f"--reason={reason}", "--format", "json"]

    def _command(self, args: Sequence[str], found: Situation, seconds: float = 60.0) -> Answer:
        """Run a command as the daemon would; 0 and 2 are answers. Raises ActionError."""
        wanted = self._wanted(found)
        if not self._workload.ready:
            raise ActionError("the container is not ready yet: try again")
        answer = self._workload.run(args, daemon.environment(wanted), seconds)
        if answer.code not in _FOUND:
            raise ActionError(answer.sentence)
        return answer

    def _wanted(self, found: Situation) -> daemon.Wanted:
        if found.wanted is None:
            why = found.statuses[0].message if found.statuses else "the charm is not ready"
            raise ActionError(f"holdfast is not set up: {why}")
        return found.wanted

    def _page(self, found: Situation) -> Page:
        return page_of(self._wanted(found), found, self._fqdn(found))

    @staticmethod
    def _fqdn(found: Situation) -> str:
        return found.page.hosts[0] if found.page else "localhost"


def page_of(wanted: daemon.Wanted, found: Situation, host: str) -> Page:
    """Give the way to the page, with the charm's own token."""
    tls = found.page.tls if found.page else None
    own = next(token.value for token in wanted.page.tokens if token.name == OWN)
    return Page(own, tls, host if tls else "localhost")


_FILTERS = ("control", "application")


def _options(params: Params, *names: str) -> list[str]:
    """Options as one word each, so that no value can pass for another option."""
    return [f"--{name}={params[name]}" for name in names if params.get(name)]


def _document(answer: Answer) -> dict[str, Any]:
    try:
        found = json.loads(answer.out)
    except ValueError:
        raise ActionError("what the program said cannot be read") from None
    if not isinstance(found, dict):
        raise ActionError("what the program said cannot be read")
    return found


def _report(report: Params, findings: Sequence[Params]) -> Params:
    short = [one for one in findings if one.get("outcome") in ("fail", "inconsistent") and not _is_waived(one)]
    summary = report.get("summary", {})
    return {
        "findings": len(short),
        "unknown": summary.get("byOutcome", {}).get("unknown", 0),
        "score": summary.get("score") if summary.get("score") is not None else "nothing to weigh",
        **_listed("finding", [_brief(one) for one in short]),
    }


def _is_waived(finding: Params) -> bool:
    return finding.get("waiver", {}).get("state") == "active"


def _brief(finding: Params) -> Params:
    keys = ("control", "severity", "outcome", "reason", "message", "target")
    return {key: finding[key] for key in keys if key in finding}


def _without_actions(waiting: Params) -> Params:
    plan = waiting.get("plan", {})
    kept = {key: plan[key] for key in ("id", "hash", "target") if key in plan}
    return {**kept, **{key: waiting[key] for key in ("message", "since") if key in waiting}}


def _listed(name: str, items: Sequence[Any]) -> Params:
    """As many items as fit, as a list in JSON; how many are left out."""
    kept: list[Any] = []
    size = 2
    for item in items:
        size += len(json.dumps(item)) + 2
        if size > _MOST_BYTES:
            return {f"{name}-list": json.dumps(kept), f"{name}-left-out": len(items) - len(kept)}
        kept.append(item)
    return {f"{name}-list": json.dumps(kept)}


def _fitting(item: Any) -> str:
    text = json.dumps(item)
    if len(text) > _MOST_BYTES:
        raise ActionError("the plan is too long for an action: see it on the page")
    return text
