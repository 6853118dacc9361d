import { z } from 'zod';
import { defineControl, type Context, type Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { notApplicable, unsettled, type Judgement } from '../../core/judgement.js';
import { providerChoice } from '../shared/params.js';
import { tlsRelation, tlsRelationReasons } from '../shared/tls-relation.js';
import { secureSide, type TlsChange } from '../shared/tls-remedy.js';
import { documents } from './documents.js';
import { clientNames, clientSide, memberSide } from './endpoints.js';
import { judging, mend80, mending, on80, reasons80, releaseReasons, showing } from './release.js';

const params = z.object(providerChoice);

const related = {
  section: 'Encryption',
  references: [documents.guide, documents.enableTls, documents.enableTls84, documents.charmCertificates],
  evidence: ['S'],
  scope: 'application',
  params,
  remediation: 'disruptive',
  fixableBy: 'operator',
} as const;

const reasons = {
  ...tlsRelationReasons,
  EffectNotSeen: 'The ports of MySQL are not probed, so that only a person sees whether TLS took effect.',
} as const;

const check =
  "Wait until all units are active/idle, then check from a client that '--ssl-mode=DISABLED' is refused.";

const clients = defineControl({
  ...related,
  id: 'MYSQL-ENC-01',
  title: "A TLS provider secures the clients' connections to MySQL",
  severity: 'critical',
  rationale:
    'Without a provider encryption is optional: a client that does without sends queries, rows and its password in clear, and nobody can tell the server from an impostor.',
  reasons: {
    ...releaseReasons,
    ...reasons,
    ClientTlsNotDemanded: 'No TLS provider is related, so clients may do without TLS.',
  },
  manual:
    'Choose a provider that is fit for production, and find out who connects without TLS. ' +
    "Track 8.0: 'juju integrate -m MODEL PROVIDER:certificates MYSQL:certificates'. Track 8.4: 'juju integrate -m MODEL PROVIDER:certificates MYSQL:client-certificates'. " +
    `Vault's endpoint is vault-pki. ${check}`,
  hazards: ['Clients that connect without TLS are refused afterwards.', 'Removing the relation undoes it.'],
  order: 20,
  evaluate: judging('mysql', (app, release) => tlsRelation(app, clientSide(release))),
  remediate: mending('mysql', (app, release, context, reason) =>
    secureSide(app, { side: clientSide(release), reason }, context, demanding(app)),
  ),
  effect: showing('mysql', effectNotSeen),
});

const members = defineControl({
  ...related,
  id: 'MYSQL-ENC-02',
  title: 'The members of MySQL 8.4 have their certificates from a TLS provider',
  severity: 'high',
  rationale:
    'Members copy every change to each other: with certificates that nobody vouches for, an impostor among them has the data.',
  reasons: {
    ...releaseReasons,
    ...reasons,
    PeerProviderMissing: 'No TLS provider is related for the traffic between members.',
    MembersEncryptedByCharm:
      'Track 8.0 has no endpoint for it: its members always talk by TLS, with certificates that the charm makes.',
  },
  manual: `Track 8.4: 'juju integrate -m MODEL PROVIDER:certificates MYSQL:peer-certificates'. Vault's endpoint is vault-pki. ${check}`,
  hazards: ['Members may restart, one after the other, to take their certificates into use.'],
  order: 10,
  evaluate: judging('mysql', (app, { track }) =>
    track === '8.4'
      ? tlsRelation(app, memberSide)
      : notApplicable('MembersEncryptedByCharm', `the charm of ${app.name} encrypts between its members`),
  ),
  remediate: mending('mysql', (app, _release, context, reason) =>
    secureSide(app, { side: memberSide, reason }, context, {
      effect: `the members of ${app.name} have their certificates from the provider`,
      risk: 'medium',
      cutsOff: [],
    }),
  ),
  effect: showing('mysql', effectNotSeen),
});

const router = defineControl({
  ...related,
  id: 'MYR-ENC-01',
  title: "A TLS provider secures the clients' connections to MySQL Router",
  severity: 'high',
  rationale:
    'Clients that come through the Router are as exposed as those that come to MySQL itself, and most are meant to come this way.',
  references: [documents.guide, documents.cryptography, documents.charmCertificates],
  reasons: {
    ...reasons80,
    ...reasons,
    ClientTlsNotDemanded: 'No TLS provider is related to MySQL Router, so clients may do without TLS.',
  },
  manual: `Track 8.0: 'juju integrate -m MODEL PROVIDER:certificates ROUTER:certificates' (Vault: PROVIDER:vault-pki). ${check}`,
  hazards: ['Clients reconnect when the Router takes its certificate into use.'],
  order: 30,
  evaluate: judging(
    'router',
    on80((app, release) => tlsRelation(app, clientSide(release))),
  ),
  remediate: mending(
    'router',
    mend80((app, release, context: Context<z.output<typeof params>>, reason) =>
      secureSide(app, { side: clientSide(release), reason }, context, {
        effect: `${app.name} offers TLS to its clients with a certificate of the provider`,
        risk: 'medium',
        cutsOff: clientNames(app),
      }),
    ),
  ),
  effect: showing('router', effectNotSeen),
});

function demanding(app: ApplicationView): TlsChange {
  return {
    effect: `${app.name} demands TLS of its clients`,
    risk: 'high',
    cutsOff: [...clientNames(app), 'every client that connects without TLS'],
  };
}

/** Strangers that do not log in are shut out by MySQL in the end (max_connect_errors), so its ports are not probed. */
function effectNotSeen(app: ApplicationView): Judgement {
  return unsettled('EffectNotSeen', `whether ${app.name} refuses clients without TLS a person has to try`);
}

export const encryption: readonly Control[] = [clients, members, router];
