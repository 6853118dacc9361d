variable "app_name" {
  description = "Name of the application in its model."
  type        = string
  default     = "holdfast"
}

variable "base" {
  description = "Base of the charm, such as ubuntu@24.04; Juju chooses where it is left out."
  type        = string
  default     = null
}

variable "channel" {
  description = "Channel that the charm is deployed from."
  type        = string
  default     = "latest/edge"
}

variable "config" {
  description = "Options of the charm. Secrets go in by their URI, as in juju-credentials = juju_secret.observer.secret_uri."
  type        = map(string)
  default     = {}
}

variable "constraints" {
  description = "Constraints of the application's units."
  type        = string
  default     = "arch=amd64"
}

variable "model_uuid" {
  description = "UUID of the Kubernetes model to deploy into."
  type        = string
}

variable "resources" {
  description = "Image of the workload by the name of its resource, holdfast-image; what came with the charm where it is left out."
  type        = map(string)
  default     = {}
}

variable "revision" {
  description = "Revision of the charm; the newest of the channel where it is left out."
  type        = number
  default     = null
}

variable "storage_directives" {
  description = "Where the journal is kept, as in { journal = \"2G\" }."
  type        = map(string)
  default     = {}
}

variable "units" {
  description = "Number of units. Several need the relation database, which keeps the journal that they share."
  type        = number
  default     = 1

  validation {
    condition     = var.units >= 1
    error_message = "There is at least one unit."
  }
}
