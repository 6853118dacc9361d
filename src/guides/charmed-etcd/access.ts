import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { manual } from '../../core/judgement.js';
import { etcdClientEndpoint } from '../shared/charmed-etcd.js';
import { adminRequests, clientRoleReasons } from '../shared/client-roles.js';
import { documents } from '../shared/etcd-documents.js';
import { clientCertificateDemanded, etcdPortReasons } from '../shared/etcd-ports.js';
import { authenticationOn, etcdInsideReasons } from '../shared/etcd-inside.js';
import { grants, userReasons, usersAndRoles } from '../shared/etcd-users.js';
import { names } from '../shared/params.js';
import {
  rotationJudgement,
  rotationReasons,
  rotationRemedies,
  takeOver,
  type SystemUsers,
} from '../shared/rotation.js';

const noParams = z.object({});

const enabled = defineControl({
  id: 'ETCD-AUTH-01',
  title: 'Authentication is on',
  severity: 'critical',
  section: 'Authentication',
  rationale: 'With authentication off, whoever reaches the port is root of the key space.',
  references: [documents.guide, documents.etcdAuthentication],
  evidence: ['W'],
  scope: 'application',
  params: noParams,
  reasons: etcdInsideReasons.authentication,
  remediation: 'manual',
  fixableBy: 'charm',
  manual:
    "The charm turns authentication on when it starts. Where 'etcdctl auth status' says false, read 'juju run -m MODEL ETCD/leader status-detail' and report it with the log; " +
    'turning it on by hand leaves the charm without its password.',
  hazards: ['Enabling authentication by hand may lock the charm out.'],
  evaluate: authenticationOn,
});

const certificates = defineControl({
  id: 'ETCD-AUTH-02',
  title: 'Clients authenticate by certificate',
  severity: 'critical',
  section: 'Authentication',
  rationale:
    'A certificate cannot be guessed or read over a shoulder, and callers without one are turned away before they can try a password.',
  references: [documents.guide, documents.etcdAuthentication, documents.enableTls],
  evidence: ['P', 'S', 'W'],
  scope: 'application',
  params: noParams,
  reasons: etcdPortReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Relate a TLS provider to client-certificates as ETCD-ENC-01 says: the charm demands certificates as soon as client TLS is on.',
  hazards: ['Every client without a certificate is cut off.'],
  evaluate: clientCertificateDemanded,
});

const rootUser: SystemUsers = { by: 'system-users', taken: ['root'] };

const rootPassword = defineControl({
  id: 'ETCD-AUTH-03',
  title: 'The password of root is changed regularly',
  severity: 'medium',
  section: 'Authentication',
  rationale: 'Root may do everything; a password that leaked unnoticed is of use only until it is changed.',
  references: [documents.guide, documents.etcdAuthentication],
  evidence: ['N', 'A'],
  scope: 'application',
  params: noParams,
  reasons: {
    ...rotationReasons,
    RotationNotSeen: 'Nothing shows when this password was last changed; a named person has to state it.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Name the application under rotation in the policy, or put a new password under the key root into a user secret from a file, run 'juju grant-secret -m MODEL SECRET ETCD' and " +
    "'juju config -m MODEL ETCD system-users=SECRET', and attest the date.",
  hazards: [
    'Whoever uses the old password of root is turned away.',
    'A password as an argument of juju stands in the list of processes and in the history of the shell.',
  ],
  evaluate: (app, context) =>
    rotationJudgement(app, rootUser, context) ??
    manual(
      'RotationNotSeen',
      `when the password of root of ${app.name} was last changed is not shown; a named person has to state it`,
    ),
  remediate: (app, context) => rotationRemedies(app, rootUser, context),
  effect: (app) => takeOver(app, rootUser),
});

const roles = defineControl({
  id: 'ETCD-AUTHZ-01',
  title: 'Each client has its own user and role, limited to its prefix',
  severity: 'high',
  section: 'Authorisation',
  rationale: 'A client that can read the whole key space can read the secrets of all others.',
  references: [documents.guide, documents.etcdRoles],
  evidence: ['W'],
  scope: 'application',
  params: z.object(grants),
  reasons: userReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "With an etcd identity that may list users, run 'etcdctl user list -w json', 'etcdctl user get USER --detail' and 'etcdctl role get ROLE'. " +
    "Take ranges that are too wide away with 'etcdctl role revoke-permission ROLE KEY RANGE_END', and the root role from everyone but root.",
  hazards: [
    'The client whose role is narrowed fails where it used the rest.',
    'Users of relations are made by the charm: change the relation, not the user.',
  ],
  evaluate: (app, { params }) => usersAndRoles(app, params),
});

const admins = defineControl({
  id: 'ETCD-AUTHZ-02',
  title: 'No client asks for the role of an administrator',
  severity: 'high',
  section: 'Authorisation',
  rationale: 'An integrator set to admin hands out an account that may read and write every key.',
  references: [documents.guide, documents.dataIntegrator],
  evidence: ['S', 'J'],
  scope: 'application',
  params: z.object({
    adminClients: names().meta({ description: 'Applications, by name, that may ask for the admin role.' }),
  }),
  reasons: clientRoleReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Run 'juju config -m MODEL DATA_INTEGRATOR --reset extra-user-roles', then remove the relation and make it anew, because roles are given when the relation is made: " +
    "'juju remove-relation -m MODEL DATA_INTEGRATOR ETCD:etcd-client' and 'juju integrate -m MODEL DATA_INTEGRATOR:etcd ETCD:etcd-client'.",
  hazards: ['Whoever uses the account loses it when the relation goes.'],
  evaluate: (app, { params }) => adminRequests(app, etcdClientEndpoint, params.adminClients),
});

export const access: readonly Control[] = [enabled, certificates, rootPassword, roles, admins];
