/** Pages that the controls refer to. */
const mysql = 'https://documentation.ubuntu.com/charmed-mysql/8.0';
const charmhub = 'https://charmhub.io';

export const documents = {
  guide: `${mysql}/explanation/security/`,
  cryptography: `${charmhub}/mysql-k8s/docs/e-cryptography`,
  users: `${charmhub}/mysql-k8s/docs/e-users`,
  auditLogs: `${charmhub}/mysql-k8s/docs/e-audit-logs`,
  interfaces: `${charmhub}/mysql-k8s/docs/e-interfaces`,
  enableTls: `${mysql}/how-to/enable-tls/`,
  enableTls84: 'https://canonical.com/data/mysql/docs/8.4/how-to/tls/enable-tls/',
  passwords: `${mysql}/how-to/manage-passwords/`,
  refresh: `${mysql}/how-to/refresh/single-cluster/refresh-single-cluster/`,
  releases: `${mysql}/reference/release-notes/k8s/`,
  tracing: `${mysql}/how-to/monitoring/enable-tracing/`,
  store: 'https://canonical.com/data/docs/mysql/k8s/h-configure-s3-aws',
  externalAccess:
    'https://canonical.com/data/mysql/docs/8.0/mysql-router/how-to/external-access/external-access-k8s/',
  sha2: 'https://dev.mysql.com/doc/refman/8.0/en/caching-sha2-pluggable-authentication.html',
  charmCertificates: `${charmhub}/topics/security-with-x-509-certificates`,
  s3Integrator: `${charmhub}/s3-integrator`,
  cos: 'https://documentation.ubuntu.com/observability/',
  releaseCycle: 'https://ubuntu.com/about/release-cycle',
} as const;
