/** Pages that the controls refer to. */
const kubernetes = 'https://documentation.ubuntu.com/charmed-postgresql-k8s';
const juju = 'https://documentation.ubuntu.com/juju/3.6';

export const documents = {
  guide: `${kubernetes}/14/explanation/security/`,
  guide16: `${kubernetes}/16/explanation/security/`,
  cryptography: `${kubernetes}/14/explanation/security/cryptography/`,
  enableTls: `${kubernetes}/14/how-to/enable-tls/`,
  howTo14: `${kubernetes}/14/how-to/`,
  howTo16: `${kubernetes}/16/how-to/`,
  pgbouncer: 'https://charmhub.io/pgbouncer-k8s',
  charmCertificates: 'https://charmhub.io/topics/security-with-x-509-certificates',
  s3Integrator: 'https://charmhub.io/s3-integrator',
  cos: 'https://documentation.ubuntu.com/observability/',
  landscape: 'https://documentation.ubuntu.com/landscape/',
  pro: 'https://documentation.ubuntu.com/pro/',
  releaseCycle: 'https://ubuntu.com/about/release-cycle',
  secrets: `${juju}/howto/manage-secrets/`,
  applications: `${juju}/howto/manage-applications/`,
  connections: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
  passwords: 'https://www.postgresql.org/docs/current/auth-password.html',
  tls: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
  patroni: 'https://patroni.readthedocs.io/en/latest/yaml_configuration.html',
  poolerConfig: 'https://www.pgbouncer.org/config.html',
  pgaudit: 'https://github.com/pgaudit/pgaudit',
} as const;
