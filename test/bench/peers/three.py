"""JUJU-APP-02, JUJU-APP-03 and ETCD-ENC-01, as far as a status shows them; the same question as in three.jq."""


def status(juju_statuses, **kwargs):
    """No application is exposed, from another channel than stable, or an etcd without certificates for clients."""
    wrong = []
    for one in juju_statuses.values():
        for name, app in (one.get("applications") or {}).items():
            if app.get("exposed"):
                wrong.append(f"JUJU-APP-02 {name}")
            if app.get("charm-channel", "").rsplit("/", 1)[-1] != "stable":
                wrong.append(f"JUJU-APP-03 {name}")
            if app.get("charm-name") == "charmed-etcd" and not app.get("relations", {}).get("client-certificates"):
                wrong.append(f"ETCD-ENC-01 {name}")
    assert not wrong, "; ".join(sorted(wrong))
