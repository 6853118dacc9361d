/** Pages that the controls of the etcd guides refer to. */
const charm = 'https://documentation.ubuntu.com/charmed-etcd';
const etcd = 'https://etcd.io/docs/v3.6/op-guide';
const juju = 'https://documentation.ubuntu.com/juju/3.6';

export const documents = {
  guide: `${charm}/explanation/security/`,
  cryptography: `${charm}/explanation/security/cryptography/`,
  enableTls: `${charm}/how-to/tls/enable-tls/`,
  howTo: `${charm}/how-to/`,
  refresh: `${charm}/how-to/refresh/`,
  reference: `${charm}/reference/`,
  article: 'https://brixwellgroup.com.au/blog/etcd-security-best-practices-and',
  etcdSecurity: `${etcd}/security/`,
  etcdAuthentication: `${etcd}/authentication/`,
  etcdRoles: `${etcd}/authentication/rbac/`,
  etcdConfiguration: `${etcd}/configuration/`,
  etcdMonitoring: `${etcd}/monitoring/`,
  etcdAdvisories: 'https://github.com/etcd-io/etcd/security/advisories',
  landscape: 'https://documentation.ubuntu.com/landscape/',
  pro: 'https://documentation.ubuntu.com/pro/',
  releaseCycle: 'https://ubuntu.com/about/release-cycle',
  cos: 'https://documentation.ubuntu.com/observability/',
  charmCertificates: 'https://charmhub.io/topics/security-with-x-509-certificates',
  s3Integrator: 'https://charmhub.io/s3-integrator',
  dataIntegrator: 'https://charmhub.io/data-integrator',
  spaces: `${juju}/reference/space/`,
  applications: `${juju}/howto/manage-applications/`,
  harden: `${juju}/howto/manage-your-juju-deployment/harden-your-juju-deployment/`,
} as const;
