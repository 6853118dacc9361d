import type { CharmFacts } from '../charm.js';

const monitored = [
  'metrics-endpoint provider prometheus_scrape',
  'grafana-dashboard provider grafana_dashboard',
  'logging requirer loki_push_api limit=1',
];

/** Endpoints, options and actions of the charm's repository; revision and version of its release notes. */
export const mysqlK8s80: CharmFacts = {
  name: 'mysql-k8s',
  track: '8.0',
  base: '22.04',
  workloadVersion: '8.0.44',
  revision: 400,
  endpoints: [
    'database-peers peer mysql_peers',
    'upgrade peer upgrade',
    'database provider mysql_client',
    'mysql provider mysql',
    'mysql-root provider mysql',
    ...monitored,
    'certificates requirer tls-certificates limit=1',
    's3-parameters requirer s3 limit=1',
  ],
  options: {
    'cluster-name': ['string'],
    'cluster-set-name': ['string'],
    profile: ['string', 'production'],
    'profile-limit-memory': ['int'],
    'mysql-interface-user': ['string'],
    'mysql-interface-database': ['string'],
    'mysql-root-interface-user': ['string'],
    'mysql-root-interface-database': ['string'],
    'plugin-audit-enabled': ['boolean', true],
    'plugin-audit-strategy': ['string', 'async'],
    binlog_retention_days: ['int', 7],
    logs_audit_policy: ['string', 'logins'],
    logs_retention_period: ['string', 'auto'],
    'experimental-max-connections': ['int'],
  },
  actions: [
    'get-cluster-status',
    'get-password',
    'set-password',
    'set-tls-private-key',
    'create-backup',
    'list-backups',
    'restore',
    'pre-upgrade-check',
    'resume-upgrade',
  ],
};

/** Its newest revision is not known. */
export const mysqlRouterK8s80: CharmFacts = {
  name: 'mysql-router-k8s',
  track: '8.0',
  base: '22.04',
  workloadVersion: '',
  revision: 1,
  endpoints: [
    'cos peer cos',
    'upgrade-version-a peer upgrade',
    'mysql-router-peers peer mysql_router_peers',
    'database provider mysql_client',
    ...monitored,
    'backend-database requirer mysql_client limit=1',
    'certificates requirer tls-certificates limit=1',
    'tracing requirer tracing limit=1',
  ],
  options: { 'expose-external': ['string', 'false'] },
  actions: [],
};
