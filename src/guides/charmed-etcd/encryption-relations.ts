import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { clientSide, etcdClientEndpoint, peerSide } from '../shared/charmed-etcd.js';
import { clientsAt } from '../shared/client-roles.js';
import { documents } from '../shared/etcd-documents.js';
import {
  clientEffectReasons,
  clientTlsEffect,
  peerEffectReasons,
  peerTlsEffect,
} from '../shared/etcd-ports.js';
import { providerChoice } from '../shared/params.js';
import { tlsRelation, tlsRelationReasons } from '../shared/tls-relation.js';
import { tlsRemedy } from '../shared/tls-remedy.js';

const section = 'Encryption';

/** How the TLS provider is chosen. */
const params = z.object(providerChoice);

const members = defineControl({
  id: 'ETCD-ENC-02',
  title: 'A TLS provider secures the traffic between members',
  severity: 'critical',
  section,
  rationale:
    'Members send each other every write, passwords of clients included; without TLS anyone on the network reads them or joins.',
  references: [documents.guide, documents.enableTls, documents.charmCertificates],
  evidence: ['S'],
  scope: 'application',
  params,
  reasons: {
    ...tlsRelationReasons,
    ...peerEffectReasons,
    PeerTlsDisabled: 'No TLS provider is related to peer-certificates, so members talk in clear.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    'Choose a provider that is fit for production and signs IP addresses, with a CA of its own for etcd. ' +
    "Run 'juju integrate -m MODEL PROVIDER:certificates ETCD:peer-certificates' (Vault: PROVIDER:vault-pki) and wait until all units are active/idle, " +
    "before 'client-certificates'. Where the relation is suspended, run 'juju resume-relation -m OFFERING_MODEL ID' on the offering side.",
  hazards: [
    'The members restart one after the other.',
    'Removing the relation again returns the members to plain text.',
    'A provider that signs no IP addresses leaves the members without certificates.',
  ],
  order: 10,
  evaluate: (app) => tlsRelation(app, peerSide),
  remediate(app, { params: choice, knowledge }, { reason }) {
    if (reason !== peerSide.disabled) return [];
    return tlsRemedy(app, {
      endpoint: peerSide.endpoint.name,
      choice,
      knowledge,
      effect: `the members of ${app.name} speak TLS with each other`,
      risk: 'medium',
      cutsOff: [],
      preconditions: [],
    });
  },
  effect: peerTlsEffect,
});

const clients = defineControl({
  id: 'ETCD-ENC-01',
  title: 'A TLS provider secures the traffic of clients',
  severity: 'critical',
  section,
  rationale:
    'Without TLS every password and value travels in clear, and clients cannot be told apart by certificate.',
  references: [documents.guide, documents.enableTls, documents.charmCertificates],
  evidence: ['S'],
  scope: 'application',
  params,
  reasons: {
    ...tlsRelationReasons,
    ...clientEffectReasons,
    ClientTlsDisabled: 'No TLS provider is related to client-certificates, so clients talk in clear.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    'Secure the members first (ETCD-ENC-02) and wait until all units are active/idle. Find out who connects without a certificate and give each one. ' +
    "Then run 'juju integrate -m MODEL PROVIDER:certificates ETCD:client-certificates' (Vault: PROVIDER:vault-pki). " +
    "Where the relation is suspended, run 'juju resume-relation -m OFFERING_MODEL ID' on the offering side.",
  hazards: [
    'Client TLS demands certificates at once: every client without one is cut off.',
    'The members restart one after the other.',
    'Leaving a provider later passes through plain text: choose the one that is meant to stay.',
  ],
  order: 20,
  evaluate: (app) => tlsRelation(app, clientSide),
  remediate(app, { params: choice, knowledge }, { reason }) {
    if (reason !== clientSide.disabled) return [];
    return tlsRemedy(app, {
      endpoint: clientSide.endpoint.name,
      choice,
      knowledge,
      effect: `${app.name} serves clients over TLS and demands their certificates`,
      risk: 'high',
      cutsOff: [...clientsAt(app, etcdClientEndpoint), 'every client that shows no certificate'],
      preconditions: [{ type: 'related', application: app.name, endpoint: peerSide.endpoint.name }],
    });
  },
  effect: clientTlsEffect,
});

export const encryptionRelations: readonly Control[] = [clients, members];
