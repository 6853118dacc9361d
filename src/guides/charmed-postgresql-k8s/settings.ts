/** What the files of PostgreSQL and PgBouncer say, as far as the controls ask (evidence kind W). */
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { HbaRule } from '../../core/evidence/postgresql.js';
import type { Judgement } from '../../core/judgement.js';
import { fine, insideJudgement, insideReasons, nothing, wrong } from '../shared/inside.js';
import type { Release } from './release.js';

/** The reasons that the judgements of settings give, by what they ask. */
export const settingReasons = {
  server: {
    ...insideReasons,
    SslOff: 'The server is not set up for TLS.',
    PlainRuleForNetwork: 'A rule of pg_hba lets callers from the network in without TLS.',
  },
  patroni: {
    ...insideReasons,
    PatroniWithoutCertificate: "Patroni's interface has no certificate, and so speaks plain text.",
  },
  pooler: {
    ...insideReasons,
    PoolerTlsOff: 'PgBouncer offers no TLS to its clients.',
    TlsNotDemanded: 'TLS is offered, and those who do without are let in.',
  },
  rules: {
    ...insideReasons,
    TrustRule: 'A rule of pg_hba asks for no password at all.',
    ClearPasswordRule: 'A rule of pg_hba takes passwords in clear over the network.',
    WeakRule: 'A rule of pg_hba asks for md5 where the charm of this track asks for SCRAM.',
  },
  verifiers: {
    ...insideReasons,
    WeakVerifiers: 'Roles have passwords that are not stored as SCRAM.',
  },
  encryption: {
    ...insideReasons,
    WeakEncryptionInForce: 'The server stores new passwords as md5.',
  },
  poolerAuthentication: {
    ...insideReasons,
    WeakPoolerAuthentication: 'PgBouncer asks for something weaker than SCRAM.',
    RulesDecide: 'PgBouncer leaves it to rules of its own, which are not looked at.',
  },
  logging: { ...insideReasons, SwitchOff: 'The server does not log connections or disconnections.' },
  archiving: {
    ...insideReasons,
    ArchivingOff: 'The log is not archived, so that only whole backups can be restored.',
    ArchivingUnknown: 'Another command than that of pgBackRest archives the log.',
  },
} as const;

/** Whether the server is set up for TLS, and lets nobody in from the network without. */
export function serverSettings(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'postgresql',
    what: `whether ssl is on in ${app.name}, and demanded by every rule`,
    wanted: 'ssl on, and hostssl in every rule for the network',
    met: `ssl is on in every unit of ${app.name}, and every rule for the network demands it`,
    verdict: ({ ssl = false, rules }) => {
      const plain = rules.filter(letsInPlain);
      const seen = `ssl ${ssl ? 'on' : 'off'}, ${plain.length} of ${rules.length} rules without TLS`;
      if (!ssl) return wrong('SslOff', 'has ssl off', seen);
      const [first] = plain;
      if (first !== undefined) return wrong('PlainRuleForNetwork', `has the rule "${ruleText(first)}"`, seen);
      return rules.length === 0 ? nothing('UnitNotSeen', 'shows no rules', seen) : fine(seen);
    },
  });
}

/** Loopback is no network, and a rule that rejects lets nobody in. */
function letsInPlain(rule: HbaRule): boolean {
  return rule.type !== 'local' && rule.type !== 'hostssl' && rule.method !== 'reject' && !isLoopback(rule);
}

function isLoopback({ address = '' }: HbaRule): boolean {
  return /^(?:127\.\d+\.\d+\.\d+(?:\/(?:[89]|[12]\d|3[0-2]))?|::1(?:\/128)?|localhost)$/.test(address);
}

function ruleText({ type, databases, users, address, method }: HbaRule): string {
  return [type, databases.join(','), users.join(','), address, method]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** Whether Patroni's interface has a certificate. */
export function patroniSettings(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'postgresql',
    what: `whether Patroni of ${app.name} has a certificate`,
    wanted: 'restapi.certfile',
    met: `Patroni has a certificate on every unit of ${app.name}`,
    verdict: ({ restCertificate }) =>
      restCertificate
        ? fine('restapi.certfile set')
        : wrong('PatroniWithoutCertificate', 'has no restapi.certfile', 'no restapi.certfile'),
  });
}

const demanding: ReadonlySet<string> = new Set(['require', 'verify-ca', 'verify-full']);

/** Whether PgBouncer demands TLS of its clients. */
export function poolerSettings(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'pgbouncer',
    what: `whether ${app.name} demands TLS`,
    wanted: 'client_tls_sslmode require or stricter',
    met: `every unit of ${app.name} demands TLS`,
    verdict: ({ clientTls }) => {
      const seen = `client_tls_sslmode ${clientTls}`;
      if (demanding.has(clientTls)) return fine(seen);
      return clientTls === 'disable'
        ? wrong('PoolerTlsOff', `has ${seen}`, seen)
        : wrong('TlsNotDemanded', `has ${seen}, which lets in those who do without`, seen);
    },
  });
}

/** Whether no rule trusts a caller or takes a password in clear, with md5 only where the charm's track writes it. */
export function hbaMethods(app: ApplicationView, { track }: Release): Judgement {
  return insideJudgement(app, {
    kind: 'postgresql',
    what: `which rules pg_hba of ${app.name} holds`,
    wanted: 'no trust, no password over the network, and the method of the track',
    met: `no rule of ${app.name} trusts a caller or takes a password in clear`,
    verdict: ({ rules }) => {
      const seen = `${rules.length} rules: ${[...new Set(rules.map(({ method }) => method))].join(', ')}`;
      for (const rule of rules) {
        const reason = troubleWith(rule, track);
        if (reason !== undefined) return wrong(reason, `has the rule "${ruleText(rule)}"`, seen);
      }
      return rules.length === 0 ? nothing('UnitNotSeen', 'shows no rules', seen) : fine(seen);
    },
  });
}

/** By design: track 14 writes md5, which takes SCRAM verifiers as SCRAM; 16 does for the users of PgBouncer. */
function troubleWith({ type, method, users }: HbaRule, track: Release['track']): string | undefined {
  if (method === 'trust') return 'TrustRule';
  if (method === 'password' && type !== 'local') return 'ClearPasswordRule';
  const byDesign =
    track === '14' || users.every((user) => user.replace(/^\+/, '').startsWith('pgbouncer_auth_'));
  return method === 'md5' && !byDesign ? 'WeakRule' : undefined;
}

/** Whether every stored password is a SCRAM verifier. */
export function storedVerifiers(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'verifiers',
    what: `how ${app.name} stores its passwords`,
    wanted: 'SCRAM verifiers only',
    met: `${app.name} stores every password as a SCRAM verifier`,
    verdict: (counts) => {
      const seen = Object.entries(counts)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', ');
      const weak = (counts['md5'] ?? 0) + (counts['other'] ?? 0);
      if (weak > 0) return wrong('WeakVerifiers', `has ${weak} roles without a SCRAM verifier`, seen);
      return seen === '' ? nothing('UnitNotSeen', 'counts no roles') : fine(seen);
    },
  });
}

/** Whether new passwords are stored as SCRAM, as the server is set up. */
export function encryptionInForce(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'postgresql',
    what: `how ${app.name} stores new passwords`,
    wanted: 'password_encryption scram-sha-256',
    met: `every unit of ${app.name} stores new passwords as scram-sha-256`,
    verdict: ({ passwordEncryption }) => {
      if (passwordEncryption === undefined) return nothing('UnitNotSeen', 'does not say how');
      const seen = `password_encryption ${passwordEncryption}`;
      return passwordEncryption === 'scram-sha-256'
        ? fine(seen)
        : wrong('WeakEncryptionInForce', `has ${seen}`, seen);
    },
  });
}

/** Whether PgBouncer authenticates by SCRAM, or by certificate. */
export function poolerAuthentication(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'pgbouncer',
    what: `how ${app.name} authenticates its clients`,
    wanted: 'auth_type scram-sha-256',
    met: `every unit of ${app.name} authenticates by SCRAM`,
    verdict: ({ authType }) => {
      const seen = `auth_type ${authType}`;
      if (authType === 'scram-sha-256' || authType === 'cert') return fine(seen);
      if (authType === 'hba') return nothing('RulesDecide', 'leaves it to rules of its own', seen);
      return wrong('WeakPoolerAuthentication', `has ${seen}`, seen);
    },
  });
}

/** Whether connections are logged, as the server is set up. */
export function connectionLogging(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'postgresql',
    what: `whether ${app.name} logs connections`,
    wanted: 'log_connections and log_disconnections on',
    met: `every unit of ${app.name} logs connections and disconnections`,
    verdict: ({ logConnections, logDisconnections }) => {
      const seen = `log_connections ${shown(logConnections)}, log_disconnections ${shown(logDisconnections)}`;
      return logConnections === true && logDisconnections === true
        ? fine(seen)
        : wrong('SwitchOff', `has ${seen}`, seen);
    },
  });
}

/** Whether the log is archived. */
export function archiving(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'postgresql',
    what: `whether ${app.name} archives its log`,
    wanted: 'archive_command of pgBackRest',
    met: `every unit of ${app.name} archives its log`,
    verdict: ({ archiving: how = 'none' }) => {
      if (how === 'pgbackrest') return fine('pgBackRest archives');
      return how === 'none'
        ? wrong('ArchivingOff', 'archives nothing', 'nothing archives')
        : nothing('ArchivingUnknown', 'archives by another command', 'another command archives');
    },
  });
}

function shown(on: boolean | undefined): string {
  return on === undefined ? 'not set' : on ? 'on' : 'off';
}
