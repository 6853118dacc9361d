#!/usr/bin/env python3
"""The charm of Holdfast: brings its daemon to what options, secrets and relations ask for."""

import logging

import ops

import daemon
import policy_text
import situation
import summary
from actions import Actions, page_of
from page import Page, PageError
from relations import catalogue, dashboards, database, ingress, logs, metrics
from workload import DaemonEndsError, Workload, WorkloadError

logger = logging.getLogger(__name__)

_START_SECONDS = 10.0
_DECIDING = ("approve", "deny", "clear-quarantine", "pause", "resume", "get-token")


class HoldfastCharm(ops.CharmBase):
    """One reconcile for every event: it looks at everything anew, so that a missed event costs nothing."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.tracing = ops.tracing.Tracing(self, "tracing", ca_relation_name=situation.AUTHORITIES)
        self.workload = Workload(self.unit.get_container(daemon.NAME))
        self.surroundings = situation.Surroundings(self)
        self.actions = Actions(self, self.workload, self.surroundings.tokens)
        self._found: situation.Situation | None = None
        for event in self._events():
            framework.observe(event, self._on_any_event)
        framework.observe(self.on["audit"].action, self._on_action)
        framework.observe(self.on["plan"].action, self._on_action)
        framework.observe(self.on["approve"].action, self._on_action)
        framework.observe(self.on["deny"].action, self._on_action)
        framework.observe(self.on["clear-quarantine"].action, self._on_action)
        framework.observe(self.on["rehearse"].action, self._on_action)
        framework.observe(self.on["show-report"].action, self._on_action)
        framework.observe(self.on["check-policy"].action, self._on_action)
        framework.observe(self.on["pause"].action, self._on_action)
        framework.observe(self.on["resume"].action, self._on_action)
        framework.observe(self.on["verify-audit-log"].action, self._on_action)
        framework.observe(self.on["get-token"].action, self._on_action)
        framework.observe(self.on.collect_unit_status, self._on_collect_unit_status)

    def _events(self) -> list[ops.BoundEvent]:
        on = self.on
        found = [on.start, on.config_changed, on.update_status, on.upgrade_charm, on.leader_elected]
        found += [on.secret_changed, on.secret_remove, on[daemon.NAME].pebble_ready]
        found += [on[daemon.NAME].pebble_check_failed, on[daemon.NAME].pebble_check_recovered]
        for endpoint in self.meta.relations:
            events = on[endpoint]
            found += [events.relation_created, events.relation_joined, events.relation_changed]
            found += [events.relation_departed, events.relation_broken]
        libraries = self.surroundings
        found += [libraries.certificates.on.certificate_available]
        found += [libraries.authorities.on.certificate_set_updated, libraries.authorities.on.certificates_removed]
        found += [libraries.provider.on.oauth_info_changed, libraries.provider.on.oauth_info_removed]
        return found

    def _on_any_event(self, _: ops.EventBase) -> None:
        """Bring everything to what is asked for. Once in a dispatch is enough: nothing changes meanwhile."""
        if self._found is None:
            self._reconcile()

    def _on_action(self, event: ops.ActionEvent) -> None:
        name = event.handle.kind.removesuffix("_action").replace("_", "-")
        act = getattr(self.actions, name.replace("-", "_"))
        self.actions.run(event, act, self.surroundings.look())
        if name in _DECIDING:
            self._reconcile()

    def _reconcile(self) -> None:
        found = self._found = self.surroundings.look()
        self._publish(found)
        if not self.workload.ready:
            found.wait("waiting for the container")
            return
        try:
            self._bring_daemon_to(found)
        except DaemonEndsError as error:
            found.block(f"holdfast ends at once: {error}")
        except WorkloadError as error:
            found.wait(str(error))
        except policy_text.PolicyTextError as error:
            found.block(str(error))

    def _publish(self, found: situation.Situation) -> None:
        """Tell other charms what they ask for. A page that is not known yet is told of later."""
        database.request(self)
        dashboards.publish(self)
        logs.publish(self)
        if found.page is None:
            return
        addresses = self.surroundings.addresses
        metrics.publish(self, found.page, addresses, self.surroundings.service)
        ingress.publish(self, found.page, addresses)
        catalogue.publish(self, found.page.url)
        self.unit.set_ports(*([daemon.PORT] if found.page.exposed else []))

    def _bring_daemon_to(self, found: situation.Situation) -> None:
        if version := self.workload.version():
            self.unit.set_workload_version(version)
        if found.stop:
            self.workload.stop()
        elif found.wanted is not None:
            self._apply(found, found.wanted)

    def _apply(self, found: situation.Situation, wanted: daemon.Wanted) -> None:
        ran = self.workload.runs()
        mistakes = self.workload.apply(wanted)
        if mistakes:
            more = f" (and {len(mistakes) - 1} more: run check-policy)" if len(mistakes) > 1 else ""
            found.block(f"policy: {mistakes[0]}{more}")
            return
        page = self._page(found, wanted)
        if not ran:
            page.wait(_START_SECONDS)
        found.statuses.append(self._told_by(page))

    def _page(self, found: situation.Situation, wanted: daemon.Wanted) -> Page:
        return page_of(wanted, found, self.surroundings.fqdn)

    def _told_by(self, page: Page) -> ops.StatusBase:
        """What the daemon itself says."""
        try:
            ready, reasons = page.readiness()
            if not ready:
                return ops.WaitingStatus(reasons[0] if reasons else "holdfast is starting")
            totals = {name: self._total(page, name) for name in ("critical", "high", "medium", "low")}
            models = page.get("/api/v1/models").get("items", [])
            return ops.ActiveStatus(summary.sentence(totals, models, page.get("/api/v1/orders")))
        except PageError as error:
            if not self.workload.runs():
                return ops.BlockedStatus("holdfast does not run: its log in the container says why")
            return ops.WaitingStatus(str(error))

    @staticmethod
    def _total(page: Page, severity: str) -> int:
        return page.get(f"/api/v1/findings?severity={severity}&limit=1").get("total", 0)

    def _on_collect_unit_status(self, event: ops.CollectStatusEvent) -> None:
        """The gravest counts. After an action that only tells, the status stays as it is."""
        for status in self._found.statuses if self._found else ():
            event.add_status(status)


if __name__ == "__main__":
    ops.main(HoldfastCharm)
