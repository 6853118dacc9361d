import type { SimApplication, SimUnit } from '../../world/state.js';
import { canary, fileOf, optionText, snapRow, systemPrograms, type UnitDisk } from '../disk.js';
import { isTls } from '../rolling/product.js';
import { isRelated } from '../rolling/serving.js';
import { servedBy } from '../rolling/state.js';

/** Where each charm has its files (charm facts, section 3). */
function patroniFile(application: SimApplication, isSixteen: boolean): string {
  if (application.charm.name === 'postgresql')
    return '/var/snap/charmed-postgresql/current/etc/patroni/patroni.yaml';
  return isSixteen ? '/var/lib/pg/data/patroni.yml' : '/var/lib/postgresql/data/patroni.yml';
}

/** `patroni.yml` as the charm renders it from its state. */
export function postgresqlDisk(unit: SimUnit): UnitDisk {
  const { application } = unit;
  const isSixteen = application.charm.endpoints.some(({ name }) => name === 'peer-certificates');
  const path = patroniFile(application, isSixteen);
  const onMachine = application.charm.name === 'postgresql';
  return {
    files: [fileOf(path, patroniLines(unit, isSixteen), onMachine ? 0o600 : 0o644, 'postgres')],
    programs: {
      verifiers: 'none|3\nscram|6\n',
      ...(onMachine
        ? { 'snap charmed-postgresql': snapRow('charmed-postgresql', '14.23', 393), ...systemPrograms(unit) }
        : {}),
    },
  };
}

function patroniLines(unit: SimUnit, isSixteen: boolean): readonly string[] {
  const { application } = unit;
  const served = servedBy(unit);
  const [ssl, rest] = [isTls(served['server']), isTls(served['patroni'])];
  const connection = ssl ? 'hostssl' : 'host';
  const method = isSixteen ? 'scram-sha-256' : 'md5';
  const folder = isSixteen ? '/var/lib/pg/data' : '/var/lib/postgresql/data';
  return [
    `scope: ${application.name}`,
    'restapi:',
    `  listen: ${unit.address}:8008`,
    '  authentication:',
    '    username: patroni',
    `    password: ${canary}`,
    ...(rest ? [`  certfile: ${folder}/cert.pem`, `  keyfile: ${folder}/key.pem`] : []),
    'postgresql:',
    '  parameters:',
    `    archive_command: ${isRelated(application, 's3-parameters') ? `'pgbackrest --stanza=${application.name} archive-push %p'` : '/bin/true'}`,
    ...(ssl ? ['    ssl: on'] : []),
    `    password_encryption: ${optionText(application, 'instance_password_encryption', 'instance-password-encryption')}`,
    `    log_connections: '${onOff(optionText(application, 'logging_log_connections', 'logging-log-connections'))}'`,
    `    log_disconnections: '${onOff(optionText(application, 'logging_log_disconnections', 'logging-log-disconnections'))}'`,
    '  pg_hba:',
    '  - local all backup peer map=operator',
    '  - local all monitoring password',
    `  - ${connection} all all 0.0.0.0/0 ${method}`,
    `  - ${connection} replication replication 127.0.0.1/32 ${method}`,
    '  authentication:',
    '    superuser:',
    `      password: ${canary}`,
    '    replication:',
    `      password: ${canary}`,
  ];
}

function onOff(value: string): string {
  return value === 'false' ? 'off' : 'on';
}

/** `pgbouncer.ini` as the charm renders it from its state. */
export function pgbouncerDisk(unit: SimUnit): UnitDisk {
  const hasTls = isTls(servedBy(unit)['pooler']);
  const lines = [
    '[databases]',
    `app = host=10.0.0.9 dbname=app password=${canary} auth_user=pgbouncer_auth`,
    '[pgbouncer]',
    'listen_addr = *',
    'listen_port = 6432',
    `stats_users = ${canary}`,
    'auth_type = scram-sha-256',
    'server_tls_sslmode = prefer',
    ...(hasTls ? ['client_tls_key_file = /var/lib/pgbouncer/key.pem', 'client_tls_sslmode = prefer'] : []),
  ];
  return {
    // One process for each core.
    files: [0, 1].map((n) =>
      fileOf(`/var/lib/pgbouncer/instance_${n}/pgbouncer.ini`, lines, 0o400, 'postgres'),
    ),
    programs: {},
  };
}
