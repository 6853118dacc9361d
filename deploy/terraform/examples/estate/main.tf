# Holdfast in a model of its own, watched by an observability stack in another, with certificates from a TLS provider.

resource "juju_model" "ops" {
  name = "ops"

  cloud {
    name = var.cloud
  }
}

# What Holdfast looks with: a user that may read, and nothing more.

resource "juju_access_model" "observer" {
  for_each = var.watched_models

  model_uuid = each.value
  access     = "read"
  users      = [var.observer_username]
}

resource "juju_secret" "observer" {
  model_uuid = juju_model.ops.uuid
  name       = "holdfast-observer"

  value_wo = {
    username = var.observer_username
    password = var.observer_password
  }
  value_wo_version = var.observer_password_version
}

resource "juju_access_secret" "observer" {
  model_uuid   = juju_model.ops.uuid
  secret_id    = juju_secret.observer.secret_id
  applications = [module.holdfast.application.name]
}

module "holdfast" {
  source = "../.."

  model_uuid         = juju_model.ops.uuid
  storage_directives = { journal = "2G" }

  config = merge(
    { juju-credentials = juju_secret.observer.secret_uri },
    var.policy_file == null ? {} : { policy = file(var.policy_file) },
  )
}

# Certificate of its page.

resource "juju_application" "self_signed_certificates" {
  name       = "ca"
  model_uuid = juju_model.ops.uuid

  charm {
    name    = "self-signed-certificates"
    channel = var.tls_channel
  }
}

resource "juju_integration" "certificates" {
  model_uuid = juju_model.ops.uuid

  application {
    name     = module.holdfast.application.name
    endpoint = module.holdfast.requires.certificates
  }

  application {
    name     = juju_application.self_signed_certificates.name
    endpoint = "certificates"
  }
}
