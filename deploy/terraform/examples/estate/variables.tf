variable "observer_username" {
  description = "Juju user that Holdfast looks with: login to the controller, read on the models."
  type        = string
  default     = "holdfast-observer"
}

variable "observer_password" {
  description = "Its password. Hand it in by the environment (TF_VAR_observer_password); it is not kept in the state."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "observer_password_version" {
  description = "To be raised whenever the password changes."
  type        = number
  default     = 1
}

variable "watched_models" {
  description = "UUIDs of the models that Holdfast is to watch."
  type        = set(string)
}

variable "policy_file" {
  description = "Policy to go by, on this machine; without it everything is observed and nothing is changed."
  type        = string
  default     = null
}

variable "cloud" {
  description = "Kubernetes cloud of both models."
  type        = string
}

variable "cos_channel" {
  description = "Channel of the observability charms."
  type        = string
  default     = "1/stable"
}

variable "tls_channel" {
  description = "Channel of self-signed-certificates."
  type        = string
  default     = "1/stable"
}
