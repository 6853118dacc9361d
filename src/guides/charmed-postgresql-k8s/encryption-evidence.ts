import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { evidenceOf, fail, type Judgement } from '../../core/judgement.js';
import { isSurelyUnrelated } from '../shared/relations.js';
import type { TlsSide } from '../shared/tls-relation.js';
import { fileReasons, filesPrivate } from '../shared/files.js';
import { withInside } from '../shared/inside.js';
import { documents } from './documents.js';
import { clientSide, memberSide } from './endpoints.js';
import { patroniTls, poolerTls, portReasons, serverTls } from './ports.js';
import { judging, releaseReasons } from './release.js';
import { patroniSettings, poolerSettings, serverSettings, settingReasons } from './settings.js';

const section = 'Encryption';

const observed = {
  section,
  scope: 'application',
  params: z.object({}),
  remediation: 'manual',
} as const;

const noRelation = {
  NoTlsRelation: 'No TLS provider is related; without one the charm writes no TLS into the configuration.',
} as const;

const effect = defineControl({
  ...observed,
  id: 'PG-ENC-03',
  title: 'Encryption is really on: PostgreSQL accepts network connections over TLS only',
  severity: 'critical',
  rationale:
    'A relation only asks for encryption. Whether ssl is on, and whether every line for the network says hostssl, the server itself shows.',
  references: [documents.guide, documents.tls, documents.connections],
  evidence: ['P', 'S', 'W'],
  reasons: { ...releaseReasons, ...portReasons.sessions, ...settingReasons.server, ...noRelation },
  fixableBy: 'operator',
  manual:
    "Relate the TLS endpoints (PG-ENC-02, PG-ENC-01) and wait for active/idle. On each unit ask 'SHOW ssl' and the view pg_hba_file_rules: ssl must be on and each row for the network hostssl. " +
    "Where a unit differs, read 'juju debug-log -m MODEL --include unit-POSTGRESQL-N' and check that the provider signed its request.",
  hazards: [
    'Taking the relation away and making it anew to force certificates passes through plain text.',
    'A unit may stay waiting when its certificates could not be put in place.',
  ],
  evaluate: judging('postgresql', (app, release) =>
    unlessUnrelated(app, clientSide(release), withInside(serverTls(app), serverSettings(app))),
  ),
});

const poolerEffect = defineControl({
  ...observed,
  id: 'PGB-ENC-02',
  title: 'PgBouncer refuses connections without TLS',
  severity: 'high',
  rationale: 'TLS that is offered and not demanded is switched off by whoever stands in between.',
  references: [documents.guide, documents.poolerConfig],
  evidence: ['P', 'S', 'W'],
  reasons: { ...releaseReasons, ...portReasons.sessions, ...settingReasons.pooler, ...noRelation },
  fixableBy: 'charm',
  manual:
    "Look for 'client_tls_sslmode' in /var/lib/pgbouncer/instance_0/pgbouncer.ini of each unit: require or stricter is wanted. The charm writes prefer and has no option for it: " +
    'keep others out with a NetworkPolicy (K8S-NET-01), have clients ask for verify-full, and follow the releases of the charm.',
  hazards: ['A change by hand is overwritten by the charm.'],
  evaluate: judging('pgbouncer', (app, release) => {
    const side = clientSide(release);
    const judged = withInside(poolerTls(app), poolerSettings(app));
    if (judged.reason === 'TlsNotDemanded') return { ...judged, upstream };
    return byOperator(unlessUnrelated(app, side, judged));
  }),
});

const upstream =
  'the charm writes client_tls_sslmode = prefer into pgbouncer.ini, and has no option for another mode';

/** A relation that is missing is the operator's to make. */
function byOperator(judged: Judgement): Judgement {
  return judged.outcome === 'fail' ? { ...judged, fixableBy: 'operator' } : judged;
}

/** Ports that say nothing leave the relations: what is known not to be related is known to be in clear. */
function unlessUnrelated(app: ApplicationView, { endpoint }: TlsSide, judged: Judgement): Judgement {
  const fact = judged.outcome === 'unknown' ? isSurelyUnrelated(app, endpoint) : undefined;
  if (fact === undefined) return judged;
  const seen = evidenceOf(fact, `nothing related to ${endpoint.name}`, 'TLS demanded of every connection');
  return fail('NoTlsRelation', `${app.name}:${endpoint.name} has no TLS provider, so TLS is off`, seen);
}

const patroni = defineControl({
  ...observed,
  id: 'PG-ENC-06',
  title: "Patroni's interface is encrypted",
  severity: 'high',
  rationale:
    'Through port 8008 the members are restarted and switched over; its password must not be overheard.',
  references: [documents.guide, documents.patroni],
  evidence: ['P', 'S', 'W'],
  reasons: { ...releaseReasons, ...portReasons.patroni, ...settingReasons.patroni, ...noRelation },
  fixableBy: 'operator',
  manual:
    "Relate the TLS provider of the members (PG-ENC-02) and wait for active/idle. Then 'restapi' in patroni.yml of each unit must name a certfile, and https://UNIT:8008/health answer. " +
    "Track 16 has https from the start, with a CA of its own until 'peer-certificates' is related.",
  hazards: ['Patroni restarts when its certificate changes.'],
  evaluate: judging('postgresql', (app, release) => {
    const judged = withInside(patroniTls(app), patroniSettings(app));
    return release.track === '14' ? unlessUnrelated(app, memberSide(release), judged) : judged;
  }),
});

const file = defineControl({
  ...observed,
  id: 'PG-FILE-01',
  title: 'patroni.yml with its passwords is private on disk',
  severity: 'medium',
  rationale: 'The file holds the passwords of the superuser and of replication in clear.',
  references: [documents.guide, documents.patroni],
  evidence: ['W'],
  reasons: { ...releaseReasons, ...fileReasons },
  fixableBy: 'charm',
  manual:
    "Run 'stat -c %a' on patroni.yml of each unit (Kubernetes: /var/lib/postgresql/data on track 14, /var/lib/pg/data on track 16): 600 is wanted. " +
    'The Kubernetes charms write 644 and have no option for it: let nobody into the container who need not be there, and follow the releases.',
  hazards: ['A mode set by hand lasts until the charm writes the file anew.'],
  evaluate: judging('postgresql', (app) =>
    filesPrivate(app, {
      what: `how private patroni.yml of ${app.name} is`,
      wanted: 'patroni.yml with mode 600 or stricter',
      forbidden: (path) => (/\/patroni\.ya?ml$/.test(path) ? 0o177 : undefined),
    }),
  ),
});

export const encryptionEvidence: readonly Control[] = [effect, poolerEffect, patroni, file];
