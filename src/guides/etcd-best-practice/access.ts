import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { documents } from '../shared/etcd-documents.js';
import { clientCertificateDemanded, etcdPortReasons } from '../shared/etcd-ports.js';
import { worst } from '../shared/combine.js';
import { authenticationOn, etcdInsideReasons, keysPrivate } from '../shared/etcd-inside.js';
import { grants, userReasons, usersAndRoles } from '../shared/etcd-users.js';
import { fileReasons } from '../shared/files.js';
import {
  passwordOrigin,
  passwordOriginReasons,
  passwordTransport,
  passwordTransportReasons,
} from '../shared/password-transport.js';
import { insideUnits } from './attested.js';

const authentication = 'Authentication: Verifying Identities';
const noParams = z.object({});

const certificates = defineControl({
  id: 'EBP-AUTHN-01',
  title: 'Clients show certificates rather than passwords',
  severity: 'high',
  section: authentication,
  rationale:
    'A certificate cannot be guessed, and the server turns away who has none before any password is tried.',
  references: [documents.article, documents.etcdSecurity],
  evidence: ['P', 'S', 'W'],
  scope: 'application',
  params: noParams,
  reasons: etcdPortReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "As ETCD-ENC-02, then ETCD-ENC-01: 'juju integrate -m MODEL PROVIDER:certificates ETCD:client-certificates'.",
  hazards: ['Every client without a certificate is cut off.'],
  evaluate: clientCertificateDemanded,
});

const transport = defineControl({
  id: 'EBP-AUTHN-02',
  title: 'Passwords travel over TLS only',
  severity: 'high',
  section: authentication,
  rationale: 'A password sent in clear belongs to everyone on the way.',
  references: [documents.article, documents.etcdAuthentication],
  evidence: ['P', 'W'],
  scope: 'application',
  params: noParams,
  reasons: passwordTransportReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "As ETCD-ENC-02, then ETCD-ENC-01. Change the passwords that travelled in clear afterwards: put new ones into the secret of option system-users with 'juju update-secret -m MODEL SECRET --file FILE'.",
  hazards: ['Every client without a certificate is cut off.'],
  evaluate: passwordTransport,
});

const strength = defineControl({
  id: 'EBP-AUTHN-03',
  title: 'Passwords are strong',
  severity: 'medium',
  section: authentication,
  rationale: 'What can be guessed will be; the root user of etcd may read and write everything.',
  references: [documents.article, documents.howTo],
  evidence: ['J', 'A'],
  scope: 'application',
  params: noParams,
  reasons: passwordOriginReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Let the charm make its own: 'juju config -m MODEL ETCD --reset system-users'. Or write a long random one into a file and run " +
    "'juju update-secret -m MODEL SECRET --file FILE'; the secret must be granted with 'juju grant-secret -m MODEL SECRET ETCD'.",
  hazards: ['Whoever uses the old password is cut off.'],
  evaluate: passwordOrigin,
});

const keys = insideUnits(
  {
    id: 'EBP-AUTHN-04',
    title: 'Private keys are kept safe',
    severity: 'medium',
    section: authentication,
    rationale: 'Who can read a key can pose as its owner.',
    references: [documents.article, documents.etcdSecurity],
    fixableBy: 'charm',
    manual:
      'As ETCD-FILE-01: run \'juju exec -m MODEL --application ETCD -- stat -c "%a %U %n" /var/snap/charmed-etcd/current/tls/client.key /var/snap/charmed-etcd/current/tls/peer.key\'. ' +
      'Keys want 600. See that the CA keeps its own key where nobody else reads it.',
    reasons: fileReasons,
    judge: keysPrivate,
  },
  ['W', 'A'],
);

const roles = defineControl({
  id: 'EBP-AUTHZ-01',
  title: 'Authentication is on, and roles limit what each user may do',
  severity: 'high',
  section: 'Authorization: Controlling Access',
  rationale: 'Without roles every client that is let in may read and change what belongs to the others.',
  references: [documents.article, documents.etcdRoles],
  manual:
    "As ETCD-AUTH-01 and ETCD-AUTHZ-01: 'etcdctl auth status', 'etcdctl user list -w json', 'etcdctl role get ROLE'. Take away ranges that are too wide with 'etcdctl role revoke-permission ROLE KEY RANGE_END'.",
  evidence: ['W'],
  scope: 'application',
  params: z.object(grants),
  remediation: 'manual',
  fixableBy: 'operator',
  hazards: ['A client whose role is narrowed fails where it used the rest.'],
  reasons: { ...etcdInsideReasons.authentication, ...userReasons },
  evaluate: (app, { params }) => {
    const authentication = authenticationOn(app);
    return authentication.outcome === 'pass'
      ? worst(usersAndRoles(app, params), authentication)
      : authentication;
  },
});

export const access: readonly Control[] = [certificates, transport, strength, keys, roles];
