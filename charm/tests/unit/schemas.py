"""The published schemas of the interfaces, as far as our side writes: canonical/charm-relation-interfaces, restated.

Values of databags are texts. A property marked `json` holds JSON, and is validated as what it says.
"""

import json
from typing import Any

TEXT = {"type": "string", "minLength": 1}
TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}


def decoded(schema: dict[str, Any], bag: dict[str, str]) -> dict[str, Any]:
    """What a databag says, with its JSON read. What Juju itself puts there is left out."""
    own = {"egress-subnets", "ingress-address", "private-address"}
    marked = {key for key, value in schema["properties"].items() if value.get("json")}
    return {key: json.loads(value) if key in marked else value for key, value in bag.items() if key not in own}


def bag_of(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


def as_json(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "json": True}


TOPOLOGY = {
    "type": "object",
    "properties": dict.fromkeys(("model", "model_uuid", "application", "unit", "charm_name"), TEXT),
    "required": ["model", "model_uuid", "application", "unit"],
}
ALERT_RULE = {
    "type": "object",
    "properties": {"alert": TEXT, "expr": TEXT, "for": TEXT, "labels": TEXTS, "annotations": TEXTS},
    "required": ["alert", "expr", "for", "labels", "annotations"],
}
GROUP = {
    "type": "object",
    "properties": {"name": TEXT, "rules": {"type": "array", "items": ALERT_RULE, "minItems": 1}},
    "required": ["name", "rules"],
}
# Consumers drop every other key of a job.
SCRAPE_JOB = {
    "type": "object",
    "properties": {
        "job_name": TEXT,
        "metrics_path": TEXT,
        "scheme": {"enum": ["http", "https"]},
        "tls_config": {"type": "object", "additionalProperties": TEXT},
        "static_configs": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"targets": {"type": "array", "items": TEXT}},
                "required": ["targets"],
            },
        },
    },
    "required": ["metrics_path", "static_configs"],
    "additionalProperties": False,
}
PROMETHEUS_SCRAPE_APP = bag_of(
    {
        "alert_rules": as_json(
            {"type": "object", "properties": {"groups": {"type": "array", "items": GROUP}}, "required": ["groups"]}
        ),
        "scrape_jobs": as_json({"type": "array", "items": SCRAPE_JOB}),
        "scrape_metadata": as_json(TOPOLOGY),
    }
)
PROMETHEUS_SCRAPE_UNIT = bag_of(
    {
        "prometheus_scrape_unit_address": TEXT,
        "prometheus_scrape_unit_name": TEXT,
        "prometheus_scrape_unit_path": {"type": "string"},
        "prometheus_scrape_unit_fqdn": TEXT,
    },
    ["prometheus_scrape_unit_address", "prometheus_scrape_unit_name"],
)
DASHBOARD = {
    "type": "object",
    "properties": {
        "charm": TEXT,
        "content": {"type": "string", "pattern": "^/Td6WFo"},
        "juju_topology": {
            "type": "object",
            "properties": dict.fromkeys(("model", "model_uuid", "application", "unit"), TEXT),
            "required": ["model", "model_uuid", "application", "unit"],
        },
        "inject_dropdowns": {"type": "boolean"},
        "dashboard_alt_uid": {"type": "string", "pattern": "^[0-9a-f]{40}$"},
    },
    "required": ["charm", "content", "juju_topology", "inject_dropdowns"],
}
GRAFANA_DASHBOARD_APP = bag_of(
    {
        "dashboards": as_json(
            {
                "type": "object",
                "properties": {"templates": {"type": "object", "additionalProperties": DASHBOARD}, "uuid": TEXT},
                "required": ["templates", "uuid"],
            }
        )
    }
)
LOKI_PUSH_API_APP = bag_of({"metadata": as_json(TOPOLOGY), "alert_rules": as_json({"type": "object"})})
TRACING_APP = bag_of(
    {
        "receivers": as_json(
            {"type": "array", "items": {"enum": ["otlp_http", "otlp_grpc", "zipkin", "jaeger_thrift_http"]}}
        )
    }
)
INGRESS_APP = bag_of(
    {
        "model": as_json(TEXT),
        "name": as_json(TEXT),
        "port": as_json({"type": "integer", "minimum": 1, "maximum": 65535}),
        "scheme": as_json({"enum": ["http", "https", "h2c"]}),
        "strip-prefix": as_json({"type": "boolean"}),
    },
    ["model", "name", "port"],
)
INGRESS_UNIT = bag_of({"host": as_json(TEXT), "ip": as_json(TEXT)}, ["host"])
CATALOGUE_APP = bag_of(dict.fromkeys(("name", "description", "url", "icon"), TEXT))
TLS_CERTIFICATES_UNIT = bag_of(
    {
        "certificate_signing_requests": as_json(
            {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": {
                        "certificate_signing_request": {"type": "string", "pattern": "BEGIN CERTIFICATE REQUEST"},
                        "ca": {"type": "boolean"},
                    },
                    "required": ["certificate_signing_request"],
                },
            }
        )
    }
)
CERTIFICATE_TRANSFER_APP = bag_of({"version": as_json({"const": 1})})
POSTGRESQL_CLIENT_APP = bag_of(
    {
        "database": TEXT,
        "requested-secrets": as_json({"type": "array", "items": TEXT}),
        "external-node-connectivity": {"enum": ["true", "false"]},
    },
    ["database", "requested-secrets"],
)
