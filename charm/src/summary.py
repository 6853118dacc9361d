"""What an operator wants to see at a glance."""

from collections.abc import Iterable, Mapping
from typing import Any

_GRAVE = ("critical", "high")
_LESSER = ("medium", "low", "info")

Api = Mapping[str, Any]


def sentence(totals: Mapping[str, int], models: Iterable[Api], orders: Api) -> str:
    """As in `3 high findings in 2 models; 1 plan waits for approval`.

    `totals` are the findings that fall short, by severity, `models` what the API says of each model.
    """
    return "; ".join([_findings(totals, list(models)), *_orders(orders)])


def _findings(totals: Mapping[str, int], models: list[Api]) -> str:
    told = [name for name in _GRAVE if totals.get(name)] or [name for name in _LESSER if totals.get(name)][:1]
    if not told:
        return f"nothing to put right in {_counted(len(models), 'model')}"
    numbers = ", ".join(f"{totals[name]} {name}" for name in told)
    noun = "finding" if sum(totals[name] for name in told) == 1 else "findings"
    hit = sum(1 for model in models if any(model.get("short", {}).get(name) for name in told))
    place = f" in {_counted(hit, 'model')}" if hit else " on the controller"
    return f"{numbers} {noun}{place}"


def _orders(orders: Api) -> Iterable[str]:
    waiting = len(orders.get("waiting", ()))
    if waiting:
        yield f"{_counted(waiting, 'plan')} {'waits' if waiting == 1 else 'wait'} for approval"
    if quarantined := len(orders.get("quarantines", ())):
        yield f"{quarantined} in quarantine"
    if orders.get("pauses"):
        yield "changes are paused"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
