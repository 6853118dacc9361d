output "holdfast" {
  description = "Name of the application and the model it lives in."
  value = {
    application = module.holdfast.application.name
    model       = juju_model.ops.name
  }
}
