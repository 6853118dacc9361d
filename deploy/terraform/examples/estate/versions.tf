terraform {
  # Secrets are handed over without being kept in the state (value_wo).
  required_version = ">= 1.11"

  required_providers {
    juju = {
      source  = "juju/juju"
      version = ">= 2.2.0"
    }
  }
}
