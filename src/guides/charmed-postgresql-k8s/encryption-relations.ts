import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import { providerChoice } from '../shared/params.js';
import { tlsRelation, tlsRelationReasons } from '../shared/tls-relation.js';
import { secureSide, type TlsChange } from '../shared/tls-remedy.js';
import { documents } from './documents.js';
import { clientNames, clientSide, memberSide } from './endpoints.js';
import { memberTlsEffect, poolerOffersTls, portReasons, serverTls } from './ports.js';
import { judging, mending, releaseReasons, showing, type Release } from './release.js';

const section = 'Encryption';

/** How the TLS provider is chosen. */
const params = z.object(providerChoice);

const related = {
  section,
  references: [documents.guide, documents.guide16, documents.enableTls, documents.charmCertificates],
  evidence: ['S'],
  scope: 'application',
  params,
  remediation: 'disruptive',
  fixableBy: 'operator',
} as const;

const noIpSans = 'A provider that signs no IP addresses leaves the units without certificates.';
const resume =
  "Where the relation is suspended, run 'juju resume-relation -m OFFERING_MODEL ID' on the offering side.";

const clients = defineControl({
  ...related,
  id: 'PG-ENC-01',
  title: "A TLS provider secures the clients' connections to PostgreSQL",
  severity: 'critical',
  rationale:
    'Without TLS queries, rows and the exchange of passwords cross the network in clear, and nobody can tell the server from an impostor.',
  reasons: {
    ...releaseReasons,
    ...portReasons.sessions,
    ...tlsRelationReasons,
    ClientTlsDisabled: 'No TLS provider is related for the connections of clients.',
  },
  manual:
    'Choose a provider that is fit for production and signs IP addresses, and find out who connects without TLS. ' +
    "Track 14: 'juju integrate -m MODEL PROVIDER:certificates POSTGRESQL:certificates'. Track 16: 'juju integrate -m MODEL PROVIDER:certificates POSTGRESQL:client-certificates'. " +
    `Vault's endpoint is vault-pki. Wait until all units are active/idle. ${resume}`,
  hazards: [
    'Clients that connect without TLS are refused afterwards.',
    'PostgreSQL restarts unit by unit.',
    'Removing the relation returns to plain text.',
    noIpSans,
  ],
  order: 20,
  evaluate: judging('postgresql', (app, release) => tlsRelation(app, clientSide(release))),
  remediate: mending('postgresql', (app, release, context, reason) =>
    secureSide(app, { side: clientSide(release), reason }, context, servingTls(app, release)),
  ),
  effect: showing('postgresql', serverTls),
});

const members = defineControl({
  ...related,
  id: 'PG-ENC-02',
  title: 'A TLS provider secures the traffic between the members of PostgreSQL',
  severity: 'critical',
  rationale:
    "Members copy every change to each other and steer each other through Patroni's interface: whoever listens or meddles there has the data.",
  reasons: {
    ...releaseReasons,
    ...portReasons.members,
    ...tlsRelationReasons,
    PeerTlsDisabled: 'No TLS provider is related for the traffic between members.',
  },
  manual:
    "Track 14 has one endpoint for clients and members: 'juju integrate -m MODEL PROVIDER:certificates POSTGRESQL:certificates'. " +
    "Track 16: 'juju integrate -m MODEL PROVIDER:certificates POSTGRESQL:peer-certificates', whatever the page on TLS prints. Wait until all units are active/idle. " +
    resume,
  hazards: [
    'PostgreSQL restarts unit by unit.',
    'On track 14 clients that connect without TLS are refused afterwards.',
    noIpSans,
  ],
  order: 10,
  evaluate: judging('postgresql', (app, release) => {
    const judged = tlsRelation(app, memberSide(release));
    return release.track === '16' ? withOwnCa(app, judged) : judged;
  }),
  remediate: mending('postgresql', (app, release, context, reason) =>
    secureSide(app, { side: memberSide(release), reason }, context, memberTls(app, release)),
  ),
  effect: showing('postgresql', memberTlsEffect),
});

const pooler = defineControl({
  ...related,
  id: 'PGB-ENC-01',
  title: "A TLS provider secures the clients' connections to PgBouncer",
  severity: 'high',
  references: [documents.guide, documents.pgbouncer, documents.charmCertificates],
  rationale:
    'Clients that come through PgBouncer are as exposed as those that come to PostgreSQL itself, and without a certificate they cannot even ask for TLS.',
  reasons: {
    ...releaseReasons,
    ...portReasons.offered,
    ...tlsRelationReasons,
    ClientTlsDisabled: 'No TLS provider is related to PgBouncer.',
  },
  manual:
    "Run 'juju integrate -m MODEL PROVIDER:certificates PGBOUNCER:certificates' (Vault: PROVIDER:vault-pki) and wait until all units are active/idle. " +
    `PgBouncer then offers TLS and does not demand it (PGB-ENC-02): tell the clients to ask for it (sslmode=verify-full). ${resume}`,
  hazards: ['Clients reconnect when PgBouncer takes its certificate into use.', noIpSans],
  order: 30,
  evaluate: judging('pgbouncer', (app, release) => tlsRelation(app, clientSide(release))),
  remediate: mending('pgbouncer', (app, release, context, reason) =>
    secureSide(app, { side: clientSide(release), reason }, context, {
      effect: `${app.name} offers TLS to its clients`,
      risk: 'medium',
      cutsOff: clientNames(app),
    }),
  ),
  effect: showing('pgbouncer', poolerOffersTls),
});

/** Without a provider 16 signs for its members with a CA of its own. */
function withOwnCa(app: ApplicationView, judged: Judgement): Judgement {
  if (judged.reason !== 'PeerTlsDisabled') return judged;
  const message = `no TLS provider is related to ${app.name}:peer-certificates: its members trust a CA of the charm's own making`;
  return { ...judged, message };
}

function servingTls(app: ApplicationView, { track }: Release): TlsChange {
  return {
    effect: `${app.name} serves ${track === '14' ? 'clients and members' : 'clients'} over TLS and refuses what comes without`,
    risk: 'high',
    cutsOff: [...clientNames(app), 'every client that connects without TLS'],
  };
}

/** On 14 it is the same step as for the clients, so it is told in the same words. */
function memberTls(app: ApplicationView, release: Release): TlsChange {
  if (release.track === '14') return servingTls(app, release);
  return {
    effect: `the members of ${app.name} have their certificates from the provider`,
    risk: 'medium',
    cutsOff: [],
  };
}

export const encryptionRelations: readonly Control[] = [clients, members, pooler];
