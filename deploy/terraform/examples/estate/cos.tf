# The part of an observability stack (COS) that Holdfast talks to, and what it offers to other models. Who already runs
# one takes its offers instead.

resource "juju_model" "cos" {
  name = "cos"

  cloud {
    name = var.cloud
  }
}

locals {
  # Endpoints of the stack by those of Holdfast.
  cos = {
    metrics_endpoint  = { charm = "prometheus-k8s", endpoint = "metrics-endpoint" }
    grafana_dashboard = { charm = "grafana-k8s", endpoint = "grafana-dashboard" }
    logging           = { charm = "loki-k8s", endpoint = "logging" }
    alertmanager      = { charm = "alertmanager-k8s", endpoint = "alerting" }
  }
  holdfast = merge(module.holdfast.provides, module.holdfast.requires)
}

resource "juju_application" "cos" {
  for_each = local.cos

  name       = trimsuffix(each.value.charm, "-k8s")
  model_uuid = juju_model.cos.uuid
  # These change their own StatefulSet's resources, which Juju allows with trust only.
  trust = true

  charm {
    name    = each.value.charm
    channel = var.cos_channel
  }
}

resource "juju_offer" "cos" {
  for_each = local.cos

  name             = "${juju_application.cos[each.key].name}-${each.value.endpoint}"
  model_uuid       = juju_model.cos.uuid
  application_name = juju_application.cos[each.key].name
  endpoints        = [each.value.endpoint]
}

resource "juju_integration" "cos" {
  for_each = local.cos

  model_uuid = juju_model.ops.uuid

  application {
    name     = module.holdfast.application.name
    endpoint = local.holdfast[each.key]
  }

  application {
    offer_url = juju_offer.cos[each.key].url
  }
}
