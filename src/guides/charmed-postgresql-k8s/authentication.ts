import { z } from 'zod';
import { defineControl, type Context, type Control } from '../../core/control.js';
import { optionJudgement, optionReasons, optionRemedy, type OptionQuestion } from '../shared/option.js';
import { duration } from '../shared/params.js';
import {
  rotationJudgement,
  rotationReasons,
  rotationRemedies,
  takeOver,
  type SystemUsers,
} from '../shared/rotation.js';
import { alsoInside } from '../shared/inside.js';
import { documents } from './documents.js';
import { passwordAge, passwordAgeReasons } from './password-age.js';
import { judging, mending, releaseReasons, showing, type Release } from './release.js';
import {
  encryptionInForce,
  hbaMethods,
  poolerAuthentication,
  settingReasons,
  storedVerifiers,
} from './settings.js';
import { spelled } from './spelling.js';

const section = 'Authentication';

const inside = {
  section,
  evidence: ['W'],
  scope: 'application',
  params: z.object({}),
  remediation: 'manual',
} as const;

const rotate =
  "Track 14: 'juju run -m MODEL POSTGRESQL/leader set-password username=USER' for operator, replication, rewind and backup; the charm makes up the password. " +
  "Track 16: put the new passwords into the secret of option system-users ('juju update-secret -m MODEL NAME --file FILE') and see that it is granted ('juju grant-secret -m MODEL NAME POSTGRESQL').";

const rotateHazards = [
  'Passwords may not be changed while a refresh or a backup runs.',
  'Whoever uses the old password of a system user is turned away.',
];

const method = defineControl({
  id: 'PG-AUTH-01',
  title: 'Passwords are stored and checked as scram-sha-256',
  severity: 'high',
  section,
  rationale:
    'An md5 verifier is as good as the password to whoever reads it, and quickly guessed; SCRAM shows the server nothing that can be replayed.',
  references: [documents.guide, documents.passwords],
  evidence: ['J', 'W'],
  scope: 'application',
  params: z.object({}),
  reasons: {
    ...releaseReasons,
    ...optionReasons,
    ...settingReasons.encryption,
    WeakPasswordEncryption: 'New passwords are stored as md5.',
  },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Track 14: 'juju config -m MODEL POSTGRESQL instance_password_encryption=scram-sha-256'; track 16: 'juju config -m MODEL POSTGRESQL instance-password-encryption=scram-sha-256'. " +
    'Change the passwords afterwards (PG-AUTH-02): those stored as md5 stay so until then.',
  hazards: ['Clients with drivers too old for SCRAM fail once their password is changed.'],
  evaluate: judging('postgresql', (app, release) =>
    alsoInside(optionJudgement(app, scram(release)), encryptionInForce(app)),
  ),
  remediate: mending('postgresql', (app, release) =>
    optionRemedy(app, {
      ...scram(release),
      effect: `${app.name} stores new passwords as scram-sha-256`,
      disruptive: false,
      cutsOff: [],
    }),
  ),
});

function scram(release: Release): OptionQuestion {
  return {
    names: spelled(release, 'instance-password-encryption'),
    allowed: ['scram-sha-256'],
    reason: 'WeakPasswordEncryption',
  };
}

const verifiers = defineControl({
  ...inside,
  id: 'PG-AUTH-02',
  reasons: { ...releaseReasons, ...settingReasons.verifiers },
  title: 'The stored verifiers are SCRAM',
  severity: 'high',
  rationale:
    'The option governs new passwords only: what was stored as md5 before stays md5 until the password is changed.',
  references: [documents.guide, documents.passwords],
  fixableBy: 'operator',
  manual: `Count the roles by kind of verifier: 'SELECT left(rolpassword, 3), count(*) FROM pg_authid GROUP BY 1', which shows no verifier. Change the passwords of those that are md5. ${rotate}`,
  hazards: rotateHazards,
  evaluate: judging('postgresql', storedVerifiers),
});

const rules = defineControl({
  ...inside,
  id: 'PG-AUTH-03',
  reasons: { ...releaseReasons, ...settingReasons.rules },
  title: 'No rule of pg_hba trusts a caller or takes a password in clear',
  severity: 'high',
  rationale:
    'The rules decide by address and user who needs no password at all: one line of trust undoes all the rest.',
  references: [documents.guide, documents.connections],
  fixableBy: 'charm',
  manual:
    "On each unit list 'SELECT type, database, user_name, auth_method FROM pg_hba_file_rules'. No row may say trust, and none for the network password. Track 14 writes md5, with which SCRAM verifiers are " +
    'checked as SCRAM; track 16 writes scram-sha-256, but md5 for the users of PgBouncer. The charm writes the rules: report others to it.',
  hazards: ['A rule changed by hand is overwritten by the charm.'],
  evaluate: judging('postgresql', hbaMethods),
});

const rotation = defineControl({
  id: 'PG-AUTH-04',
  title: 'The passwords of the system users are changed regularly',
  severity: 'medium',
  section,
  rationale: 'A password that leaked unnoticed is of use only until it is changed.',
  references: [documents.guide, documents.howTo14, documents.secrets],
  evidence: ['J', 'N'],
  scope: 'application',
  params: z.object({
    age: duration('180d').meta({ description: 'How old the passwords may be, as in 180d.' }),
  }),
  reasons: { ...releaseReasons, ...passwordAgeReasons, ...rotationReasons },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual: rotate,
  hazards: rotateHazards,
  evaluate: judging(
    'postgresql',
    (app, release, context: Context<{ age: number }>) =>
      rotationJudgement(app, systemUsers(release), context) ??
      passwordAge(app, release, { maxSeconds: context.params.age, time: context.time }),
  ),
  remediate: mending('postgresql', (app, release, context: Context<unknown>) =>
    rotationRemedies(app, systemUsers(release), context),
  ),
  effect: showing('postgresql', (app, release) => takeOver(app, systemUsers(release))),
});

/** As the charms' code takes them: set-password of 14, the secret of 16. */
function systemUsers({ track }: Release): SystemUsers {
  return track === '14'
    ? { by: 'set-password', taken: ['operator', 'replication', 'rewind', 'backup'] }
    : { by: 'system-users', taken: ['operator', 'replication', 'rewind', 'backup', 'monitoring'] };
}

const pooler = defineControl({
  ...inside,
  id: 'PGB-AUTH-01',
  reasons: { ...releaseReasons, ...settingReasons.poolerAuthentication },
  title: 'PgBouncer authenticates by scram-sha-256',
  severity: 'high',
  rationale:
    'PgBouncer asks the passwords of all clients; with md5 its list of users is as good as their passwords.',
  references: [documents.guide, documents.poolerConfig],
  fixableBy: 'operator',
  manual: `Look for 'auth_type' in /var/lib/pgbouncer/instance_0/pgbouncer.ini: scram-sha-256 is wanted. It becomes md5 when PostgreSQL stores the password of PgBouncer's user as md5: put PG-AUTH-01 right, then remove and make the relation of backend-database anew in a window.`,
  hazards: ['While the relation to the database is away, no client is served.'],
  evaluate: judging('pgbouncer', poolerAuthentication),
});

export const authentication: readonly Control[] = [method, verifiers, rules, rotation, pooler];
