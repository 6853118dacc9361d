/** Pages that the controls refer to. */
const juju = 'https://documentation.ubuntu.com/juju/3.6';

export const documents = {
  harden: `${juju}/howto/manage-your-juju-deployment/harden-your-juju-deployment/`,
  security: `${juju}/explanation/juju-security/`,
  etcdGuide: 'https://documentation.ubuntu.com/charmed-etcd/explanation/security/',
  postgresqlGuide: 'https://documentation.ubuntu.com/charmed-postgresql-k8s/14/explanation/security/',
  userLevels: `${juju}/reference/user/`,
  users: `${juju}/howto/manage-users/`,
  offers: `${juju}/howto/manage-offers/`,
  credentials: `${juju}/howto/manage-credentials/`,
  clouds: `${juju}/howto/manage-clouds/`,
  supportedClouds: `${juju}/reference/cloud/list-of-supported-clouds/`,
  controllers: `${juju}/howto/manage-controllers/`,
  controllerConfig: `${juju}/reference/configuration/list-of-controller-configuration-keys/`,
  models: `${juju}/howto/manage-models/`,
  modelConfig: `${juju}/reference/configuration/list-of-model-configuration-keys/`,
  sshKeys: `${juju}/howto/manage-ssh-keys/`,
  secretBackends: `${juju}/howto/manage-secret-backends/`,
  secrets: `${juju}/howto/manage-secrets/`,
  applications: `${juju}/howto/manage-applications/`,
  charms: `${juju}/howto/manage-charms/`,
  upgrade: `${juju}/howto/manage-your-juju-deployment/upgrade-your-juju-deployment/`,
  logs: `${juju}/howto/manage-logs/`,
} as const;
