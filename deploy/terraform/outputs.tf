output "application" {
  description = "The application, as the provider knows it."
  value       = juju_application.holdfast
}

output "provides" {
  description = "Endpoints that it provides, by name."
  value = {
    grafana_dashboard = "grafana-dashboard"
    metrics_endpoint  = "metrics-endpoint"
  }
}

output "requires" {
  description = "Endpoints that it requires, by name."
  value = {
    alertmanager    = "alertmanager"
    catalogue       = "catalogue"
    certificates    = "certificates"
    database        = "database"
    ingress         = "ingress"
    logging         = "logging"
    oauth           = "oauth"
    receive_ca_cert = "receive-ca-cert"
    tracing         = "tracing"
  }
}
