resource "juju_application" "holdfast" {
  name               = var.app_name
  model_uuid         = var.model_uuid
  config             = var.config
  constraints        = var.constraints
  resources          = var.resources
  storage_directives = var.storage_directives
  units              = var.units
  # Never: what it looks at on a cluster is given by a role that only reads (deploy/kubernetes).
  trust = false

  charm {
    name     = "holdfast-k8s"
    base     = var.base
    channel  = var.channel
    revision = var.revision
  }
}
