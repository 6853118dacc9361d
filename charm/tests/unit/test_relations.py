"""Databags: what is written into them holds against the published schemas; what is read comes to the daemon."""

import dataclasses
import datetime
import ipaddress
import json
from typing import Any

import jsonschema
import ops
import pytest
from charmlibs.interfaces.oauth._oauth import OAUTH_REQUIRER_JSON_SCHEMA
from cosl import LZMABase64
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from ops import testing
from unit import schemas
from unit.conftest import container, own_token, peers, seen, user_secret, world

NAMES = [
    "holdfast-0.holdfast-endpoints.hardening.svc.cluster.local",
    "holdfast.hardening.svc.cluster.local",
    "holdfast.hardening.svc",
    "holdfast.hardening",
]


@pytest.fixture(scope="session")
def signed():
    """Signs a request as a certificate provider does."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "ca")])
    now = datetime.datetime.now(datetime.UTC)

    def sign(csr_pem: str) -> dict[str, Any]:
        csr = x509.load_pem_x509_csr(csr_pem.encode())
        certificate = (
            x509.CertificateBuilder(issuer_name=name, subject_name=csr.subject, public_key=csr.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now)
            .not_valid_after(now + datetime.timedelta(days=30))
            .add_extension(csr.extensions.get_extension_for_class(x509.SubjectAlternativeName).value, critical=False)
            .sign(key, hashes.SHA256())
        )
        pem = certificate.public_bytes(serialization.Encoding.PEM).decode().strip()
        return {
            "certificate": pem,
            "certificate_signing_request": csr_pem,
            "ca": AUTHORITY,
            "chain": [pem, AUTHORITY],
        }

    authority = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    global AUTHORITY  # noqa: PLW0603 - made once, for all tests
    AUTHORITY = authority.public_bytes(serialization.Encoding.PEM).decode().strip()
    return sign


AUTHORITY = ""


@pytest.fixture
def with_tls(ctx, signed):
    """A state in which the certificate was issued."""

    def make(*relations: testing.RelationBase, **changes: Any) -> testing.State:
        first = ctx.run(ctx.on.config_changed(), world(testing.Relation("certificates"), *relations, **changes))
        bag = first.get_relations("certificates")[0]
        request = json.loads(bag.local_unit_data["certificate_signing_requests"])[0]["certificate_signing_request"]
        issued = dataclasses.replace(bag, remote_app_data={"certificates": json.dumps([signed(request)])})
        return dataclasses.replace(first, relations={one for one in first.relations if one.id != bag.id} | {issued})

    return make


def bags(state: testing.State, endpoint: str) -> tuple[dict[str, str], dict[str, str]]:
    relation = state.get_relations(endpoint)[0]
    return dict(relation.local_app_data), dict(relation.local_unit_data)


def holds(schema: dict[str, Any], bag: dict[str, str]) -> None:
    jsonschema.validate(schemas.decoded(schema, bag), schema, cls=jsonschema.Draft202012Validator)


ENDPOINTS = [
    *["metrics-endpoint", "grafana-dashboard", "certificates", "receive-ca-cert", "ingress", "database"],
    *["oauth", "logging", "tracing", "alertmanager", "catalogue"],
]


class TestEvents:
    @pytest.mark.parametrize("endpoint", ENDPOINTS)
    @pytest.mark.parametrize("moment", ["created", "joined", "changed", "departed", "broken"])
    @pytest.mark.parametrize("leader", [True, False])
    def test_every_relation_may_come_change_and_go(self, ctx, endpoint, moment, leader):
        relation = testing.Relation(endpoint)
        event = getattr(ctx.on, f"relation_{moment}")
        more = {"remote_unit": 0} if moment in ("joined", "departed") else {}
        out = ctx.run(event(relation, **more), world(relation, leader=leader))
        assert not isinstance(out.unit_status, testing.ErrorStatus)

    @pytest.mark.parametrize("moment", ["created", "joined", "changed", "departed"])
    def test_so_may_peers(self, ctx, moment):
        state = world()
        relation = next(iter(state.relations))
        event = getattr(ctx.on, f"relation_{moment}")
        ctx.run(event(relation, **({"remote_unit": 1} if moment != "created" else {})), state)

    def test_half_written_databags_are_waited_for(self, ctx):
        broken = [
            testing.Relation("ingress", remote_app_data={"ingress": "{"}),
            testing.Relation("logging", remote_units_data={0: {"endpoint": "{"}, 1: {}}),
            testing.Relation("alertmanager", remote_units_data={0: {}}),
            testing.Relation("database", remote_app_data={"endpoints": ""}),
        ]
        out = ctx.run(ctx.on.config_changed(), world(*broken))
        assert out.unit_status == testing.WaitingStatus("waiting for the database")

    @pytest.mark.parametrize("endpoint", ["certificates", "receive-ca-cert", "oauth", "tracing", "ingress", "database"])
    def test_databags_that_make_no_sense_are_no_error_of_the_hook(self, ctx, endpoint):
        keys = [
            "certificates",
            "receivers",
            "ingress",
            "issuer_url",
            "client_id",
            "endpoints",
            "secret-user",
            "version",
        ]
        relation = testing.Relation(endpoint, remote_app_data=dict.fromkeys(keys, "{nonsense"))
        out = ctx.run(ctx.on.relation_changed(relation), world(relation, config={"oidc-viewers": "*"}))
        assert not isinstance(out.unit_status, testing.ErrorStatus)


class TestMetrics:
    def test_without_tls_nothing_is_scraped_and_the_operator_is_told(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(testing.Relation("metrics-endpoint")))
        assert json.loads(bags(out, "metrics-endpoint")[0]["scrape_jobs"]) == []
        assert out.unit_status == testing.BlockedStatus(
            "metrics-endpoint needs TLS: relate certificates to a certificate provider"
        )

    def test_databags_are_as_published(self, ctx, with_tls):
        out = ctx.run(ctx.on.config_changed(), with_tls(testing.Relation("metrics-endpoint")))
        app, unit = bags(out, "metrics-endpoint")
        holds(schemas.PROMETHEUS_SCRAPE_APP, app)
        holds(schemas.PROMETHEUS_SCRAPE_UNIT, unit)

    def test_the_job_verifies_our_certificate(self, ctx, with_tls):
        out = ctx.run(ctx.on.config_changed(), with_tls(testing.Relation("metrics-endpoint")))
        [job] = json.loads(bags(out, "metrics-endpoint")[0]["scrape_jobs"])
        assert job["scheme"] == "https"
        assert job["tls_config"] == {"ca_file": AUTHORITY + "\n", "server_name": NAMES[1]}
        assert job["static_configs"] == [{"targets": ["*:8420"]}]

    def test_alerts_keep_our_labels_and_get_those_of_juju(self, ctx, with_tls):
        out = ctx.run(ctx.on.config_changed(), with_tls(testing.Relation("metrics-endpoint")))
        groups = json.loads(bags(out, "metrics-endpoint")[0]["alert_rules"])["groups"]
        rules = {rule["alert"]: rule for group in groups for rule in group["rules"]}
        found = rules["HoldfastCriticalFinding"]
        assert found["labels"] == {
            "severity": "critical",
            "juju_model": "hardening",
            "juju_model_uuid": "c2e9f4d5-dcb3-4870-8509-330eb9745ee8",
            "juju_application": "holdfast",
            "juju_charm": "holdfast-k8s",
        }
        assert "target_model" in found["expr"]
        assert "juju_model" not in found["expr"]

    def test_the_address_of_the_unit_is_told_anew_each_time(self, ctx):
        relation = testing.Relation("metrics-endpoint")
        network = testing.Network(
            "metrics-endpoint", bind_addresses=[testing.BindAddress([testing.Address("10.1.9.9")])]
        )
        out = ctx.run(ctx.on.update_status(), world(relation, networks={network}))
        assert bags(out, "metrics-endpoint")[1] == {
            "egress-subnets": "192.0.2.0",
            "ingress-address": "192.0.2.0",
            "private-address": "192.0.2.0",
            "prometheus_scrape_unit_address": "10.1.9.9",
            "prometheus_scrape_unit_name": "holdfast/0",
            "prometheus_scrape_unit_fqdn": NAMES[0],
        }

    def test_followers_write_of_themselves_alone(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(testing.Relation("metrics-endpoint"), leader=False))
        app, unit = bags(out, "metrics-endpoint")
        assert app == {}
        assert unit["prometheus_scrape_unit_name"] == "holdfast/0"


class TestDashboards:
    def test_databag_is_as_published(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(testing.Relation("grafana-dashboard")))
        holds(schemas.GRAFANA_DASHBOARD_APP, bags(out, "grafana-dashboard")[0])

    def test_all_come_whole_and_the_id_stays(self, ctx):
        first = ctx.run(ctx.on.config_changed(), world(testing.Relation("grafana-dashboard")))
        given = json.loads(bags(first, "grafana-dashboard")[0]["dashboards"])
        titles = {
            name: json.loads(LZMABase64.decompress(one["content"]))["title"] for name, one in given["templates"].items()
        }
        assert set(titles) == {"file:holdfast-application", "file:holdfast-fleet", "file:holdfast-itself"}
        second = ctx.run(ctx.on.update_status(), first)
        assert json.loads(bags(second, "grafana-dashboard")[0]["dashboards"])["uuid"] == given["uuid"]


class TestLogs:
    LOKI = testing.Relation(
        "logging",
        id=7,
        remote_app_name="loki",
        remote_units_data={0: {"endpoint": '{"url": "http://loki-0:3100/loki/api/v1/push"}'}, 1: {}},
    )

    def test_databag_is_as_published(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(self.LOKI))
        holds(schemas.LOKI_PUSH_API_APP, bags(out, "logging")[0])

    def test_pebble_forwards_to_every_unit_that_says_where_it_is(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(self.LOKI))
        targets = seen(ctx, out).plan.log_targets
        assert list(targets) == ["7-loki-0"]
        assert targets["7-loki-0"].location == "http://loki-0:3100/loki/api/v1/push"
        assert targets["7-loki-0"].services == ["all"]
        assert targets["7-loki-0"].labels["juju_unit"] == "holdfast/0"

    def test_nothing_more_goes_where_loki_is_gone(self, ctx):
        first = ctx.run(ctx.on.config_changed(), world(self.LOKI))
        second = ctx.run(ctx.on.relation_broken(first.get_relation(7)), first)
        assert seen(ctx, second).plan.log_targets["7-loki-0"].services == ["-all"]


class TestTracing:
    def test_databag_is_as_published(self, ctx):
        relation = testing.Relation("tracing")
        out = ctx.run(ctx.on.relation_created(relation), world(relation))
        app = bags(out, "tracing")[0]
        holds(schemas.TRACING_APP, app)
        assert json.loads(app["receivers"]) == ["otlp_http"]


class TestAlertmanager:
    @pytest.mark.parametrize(
        ("bag", "url"),
        [
            ({"url": "https://am:9093/"}, "https://am:9093"),
            ({"public_address": "10.0.0.9:9093", "scheme": "http"}, "http://10.0.0.9:9093"),
            ({"public_address": "10.0.0.9:9093"}, "http://10.0.0.9:9093"),
        ],
        ids=["version 1", "version 0", "version 0 without scheme"],
    )
    def test_becomes_a_target_of_the_policy(self, ctx, bag, url):
        out = ctx.run(ctx.on.config_changed(), world(testing.Relation("alertmanager", remote_units_data={0: bag})))
        assert seen(ctx, out).policy["notify"] == {
            "targets": [{"name": "alertmanager", "type": "alertmanager", "urls": [url]}]
        }

    def test_joins_those_of_the_user(self, ctx):
        text = "notify: {gather: 1m, targets: [{name: chat, type: slack, urlFile: files/slack}]}"
        relation = testing.Relation("alertmanager", remote_units_data={0: {"url": "https://am"}})
        out = ctx.run(ctx.on.config_changed(), world(relation, config={"policy": text}))
        notify = seen(ctx, out).policy["notify"]
        assert [target["name"] for target in notify["targets"]] == ["chat", "alertmanager"]
        assert notify["gather"] == "1m"


class TestIngress:
    SECURE = testing.Relation("ingress", remote_app_data={"ingress": '{"url": "https://holdfast.example/"}'})

    def test_databags_are_as_published(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(self.SECURE))
        app, unit = bags(out, "ingress")
        holds(schemas.INGRESS_APP, app)
        holds(schemas.INGRESS_UNIT, unit)
        assert app["port"] == "8420"

    def test_one_that_speaks_tls_stands_before_the_page(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(self.SECURE))
        found = seen(ctx, out)
        assert found.policy["web"]["url"] == "https://holdfast.example"
        assert found.policy["web"]["proxied"] is True
        assert found.plan.services["holdfast"].environment["HOLDFAST_LISTEN"] == "0.0.0.0:8420"
        assert out.opened_ports == {testing.TCPPort(8420)}

    @pytest.mark.parametrize(
        ("url", "sentence"),
        [
            ("http://holdfast.example/", "the ingress speaks plain HTTP: relate it to a certificate provider"),
            (
                "https://example/hardening-holdfast",
                "the ingress serves the page under /hardening-holdfast: give it a host of its own (routing_mode)",
            ),
        ],
    )
    def test_one_that_cannot_be_used_is_told_and_opens_nothing(self, ctx, url, sentence):
        relation = testing.Relation("ingress", remote_app_data={"ingress": json.dumps({"url": url})})
        out = ctx.run(ctx.on.config_changed(), world(relation))
        assert out.unit_status == testing.BlockedStatus(sentence)
        assert seen(ctx, out).plan.services["holdfast"].environment["HOLDFAST_LISTEN"] == "127.0.0.1:8420"

    def test_catalogue_lists_the_page(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(self.SECURE, testing.Relation("catalogue")))
        app = bags(out, "catalogue")[0]
        holds(schemas.CATALOGUE_APP, app)
        assert app["url"] == "https://holdfast.example"


class TestCertificates:
    def test_is_waited_for_and_nothing_is_opened_meanwhile(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(testing.Relation("certificates")))
        assert out.unit_status == testing.WaitingStatus("waiting for the certificate")
        assert out.opened_ports == frozenset()

    def test_request_is_as_published_and_has_every_name(self, ctx):
        out = ctx.run(
            ctx.on.config_changed(), world(testing.Relation("certificates"), config={"external-hostname": "h.example"})
        )
        unit = bags(out, "certificates")[1]
        holds(schemas.TLS_CERTIFICATES_UNIT, unit)
        pem = json.loads(unit["certificate_signing_requests"])[0]["certificate_signing_request"]
        names = x509.load_pem_x509_csr(pem.encode()).extensions.get_extension_for_class(x509.SubjectAlternativeName)
        assert set(names.value.get_values_for_type(x509.DNSName)) == {*NAMES, "h.example"}

    def test_opens_the_page_with_tls(self, ctx, with_tls):
        out = ctx.run(ctx.on.config_changed(), with_tls())
        found = seen(ctx, out)
        assert found.policy["web"]["tls"] == {"certFile": "page.crt", "keyFile": "page.key"}
        assert found.policy["web"]["proxied"] is False
        assert found.files["page.crt"].count("BEGIN CERTIFICATE") == 2
        assert found.modes["page.key"] == 0o600
        assert found.plan.services["holdfast"].environment["HOLDFAST_LISTEN"] == "0.0.0.0:8420"
        assert found.plan.checks["alive"].tcp == {"port": 8420}
        assert out.opened_ports == {testing.TCPPort(8420)}

    def test_with_a_name_for_people_the_page_has_a_url(self, ctx, with_tls):
        out = ctx.run(ctx.on.config_changed(), with_tls(config={"external-hostname": "h.example"}))
        assert seen(ctx, out).policy["web"]["url"] == "https://h.example:8420"

    def test_goes_with_its_relation(self, ctx, with_tls):
        first = ctx.run(ctx.on.config_changed(), with_tls())
        second = ctx.run(ctx.on.relation_broken(first.get_relations("certificates")[0]), first)
        found = seen(ctx, second)
        assert "tls" not in found.policy["web"]
        assert found.plan.services["holdfast"].environment["HOLDFAST_LISTEN"] == "127.0.0.1:8420"


class TestAuthorities:
    def test_are_trusted_besides_the_public_ones(self, ctx):
        given = {"certificates": json.dumps(["B", "A"]), "version": "1"}
        out = ctx.run(ctx.on.config_changed(), world(testing.Relation("receive-ca-cert", remote_app_data=given)))
        found = seen(ctx, out)
        assert found.files["authorities.pem"] == "A\nB\n"
        assert found.plan.services["holdfast"].environment["NODE_EXTRA_CA_CERTS"] == "/etc/holdfast/authorities.pem"

    def test_databag_is_as_published(self, ctx):
        relation = testing.Relation("receive-ca-cert")
        out = ctx.run(ctx.on.relation_created(relation), world(relation))
        holds(schemas.CERTIFICATE_TRANSFER_APP, bags(out, "receive-ca-cert")[0])


class TestDatabase:
    USER = testing.Secret({"username": "relation_7", "password": "p@ss/w:rd"})
    TLS = testing.Secret({"tls": "True", "tls-ca": "DATABASE CA"})

    def related(self, **changes: Any) -> testing.Relation:
        given = {
            "database": "holdfast",
            "endpoints": "pg-primary.data.svc.cluster.local:5432",
            "secret-user": self.USER.id,
            "secret-tls": self.TLS.id,
            **changes,
        }
        return testing.Relation("database", remote_app_data={key: value for key, value in given.items() if value})

    def test_request_is_as_published(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(testing.Relation("database")))
        holds(schemas.POSTGRESQL_CLIENT_APP, bags(out, "database")[0])
        assert out.unit_status == testing.WaitingStatus("waiting for the database")

    def test_is_named_to_the_daemon_by_a_file(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(self.related(), secrets=(self.USER, self.TLS)))
        found = seen(ctx, out)
        assert found.files["database"] == (
            "postgresql://relation_7:p%40ss%2Fw%3Ard@pg-primary.data.svc.cluster.local:5432/holdfast"
            "?sslrootcert=database-ca.pem\n"
        )
        assert found.files["database-ca.pem"] == "DATABASE CA"
        assert found.plan.services["holdfast"].environment["HOLDFAST_DATABASE"] == "/etc/holdfast/database"
        assert "sharing" not in found.policy

    def test_lets_several_units_share_the_estate(self, ctx_of_unit_1):
        state = world(
            self.related(),
            secrets=(self.USER, self.TLS),
            planned_units=3,
            leader=False,
            config={"policy": "sharing: {parts: 32}"},
        )
        out = ctx_of_unit_1.run(ctx_of_unit_1.on.config_changed(), state)
        found = seen(ctx_of_unit_1, out)
        assert found.policy["sharing"] == {"parts": 32, "unit": "holdfast-1"}
        assert isinstance(out.unit_status, testing.ActiveStatus)

    def test_one_without_tls_is_refused(self, ctx):
        plain = testing.Secret({"tls": "False"})
        state = world(self.related(**{"secret-tls": plain.id}), secrets=(self.USER, plain))
        out = ctx.run(ctx.on.config_changed(), state)
        assert out.unit_status == testing.BlockedStatus(
            "the database speaks no TLS: relate PostgreSQL to a certificate provider"
        )

    def test_a_login_that_is_not_granted_yet_is_waited_for(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(self.related(), secrets=(self.TLS,)))
        assert out.unit_status == testing.WaitingStatus("waiting for the login of the database")

    def test_a_new_password_goes_into_the_file(self, ctx):
        renewed = testing.Secret(
            {"username": "relation_7", "password": "old"}, latest_content={"username": "relation_7", "password": "new"}
        )
        state = world(self.related(**{"secret-user": renewed.id}), secrets=(renewed, self.TLS))
        out = ctx.run(ctx.on.secret_changed(renewed), state)
        assert ":new@" in seen(ctx, out).files["database"]

    def test_one_that_is_gone_leaves_a_single_unit_with_its_own_journal(self, ctx):
        first = ctx.run(ctx.on.config_changed(), world(self.related(), secrets=(self.USER, self.TLS)))
        out = ctx.run(ctx.on.relation_broken(first.get_relations("database")[0]), first)
        found = seen(ctx, out)
        assert "HOLDFAST_DATABASE" not in found.plan.services["holdfast"].environment
        assert "database" not in found.files
        assert isinstance(out.unit_status, testing.ActiveStatus)

    def test_one_that_is_gone_stops_all_but_one_of_several_units(self, ctx_of_unit_1):
        ctx = ctx_of_unit_1
        state = world(self.related(), secrets=(self.USER, self.TLS), planned_units=2, leader=False)
        first = ctx.run(ctx.on.config_changed(), state)
        out = ctx.run(ctx.on.relation_broken(first.get_relations("database")[0]), first)
        assert out.unit_status.name == "blocked"
        assert not out.get_container("holdfast").services["holdfast"].is_running()


class TestIdentityProvider:
    SECRET = testing.Secret({"secret": "c1ient-secret"})
    INGRESS = testing.Relation("ingress", remote_app_data={"ingress": '{"url": "https://holdfast.example"}'})

    def related(self, **changes: str) -> testing.Relation:
        at = "https://idp.example"
        given = {
            "issuer_url": at,
            **{
                f"{name}_endpoint": f"{at}/{name}"
                for name in ("authorization", "token", "introspection", "userinfo", "jwks")
            },
            "scope": "openid profile email groups",
            "client_id": "holdfast-client",
            "client_secret_id": self.SECRET.id,
            **changes,
        }
        return testing.Relation("oauth", remote_app_data=given)

    def test_lets_groups_in(self, ctx):
        config = {"oidc-viewers": "staff, audit", "oidc-approvers": "platform"}
        state = world(self.related(ca_chain='["IDP CA", "ROOT"]'), self.INGRESS, secrets=(self.SECRET,), config=config)
        out = ctx.run(ctx.on.config_changed(), state)
        found = seen(ctx, out)
        assert found.policy["web"]["oidc"] == {
            "issuer": "https://idp.example",
            "clientId": "holdfast-client",
            "clientSecretFile": "oidc-client-secret",
            "caFile": "oidc-ca.pem",
            "roles": {"viewer": ["staff", "audit"], "approver": ["platform"]},
        }
        assert found.files["oidc-client-secret"] == "c1ient-secret\n"
        assert found.files["oidc-ca.pem"] == "IDP CA\nROOT"

    def test_request_is_as_published(self, ctx):
        state = world(self.related(), self.INGRESS, secrets=(self.SECRET,), config={"oidc-viewers": "*"})
        out = ctx.run(ctx.on.config_changed(), state)
        app = bags(out, "oauth")[0]
        decoded = {key: json.loads(value) if value[:1] in "[{" else value for key, value in app.items()}
        jsonschema.validate(decoded, OAUTH_REQUIRER_JSON_SCHEMA)
        assert app["redirect_uri"] == "https://holdfast.example/oidc/callback"

    def test_without_a_way_in_it_is_of_no_use(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(self.related(), secrets=(self.SECRET,)))
        assert out.unit_status.message.startswith("oauth needs a way in for people")

    def test_without_groups_it_lets_nobody_in(self, ctx):
        out = ctx.run(ctx.on.config_changed(), world(self.related(), self.INGRESS, secrets=(self.SECRET,)))
        assert out.unit_status == testing.BlockedStatus("oauth lets nobody in: set oidc-viewers or oidc-approvers")

    def test_a_client_that_is_not_registered_yet_is_waited_for(self, ctx):
        state = world(self.related(), self.INGRESS, config={"oidc-viewers": "*"})
        out = ctx.run(ctx.on.config_changed(), state)
        assert out.unit_status == testing.WaitingStatus("waiting for the identity provider")


__all__ = ["container", "ipaddress", "ops", "own_token", "peers", "user_secret"]
