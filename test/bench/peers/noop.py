"""A probe that asks nothing: what juju-doctor costs before any question."""


def status(juju_statuses, **kwargs):
    """Nothing is wanted of the status."""
