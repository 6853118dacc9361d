/** Controls of the Juju environment, each with a world in which it fails. */
import { machines, nothingOffered, prod, superusers } from '../../support/remedies/estates.js';
import type { RemedyCase } from '../../support/remedies/case.js';

const web = { name: 'web', charm: 'data-integrator', channel: 'latest/stable' } as const;
const onWeb = machines([web]);
const bob = { name: 'bob', createdDaysAgo: 400, lastConnectionDaysAgo: 1 } as const;

/** Where Juju has a firewall. */
const onCloud = { cloud: { name: 'sky', type: 'openstack' } } as const;

export const jujuRemedies: Readonly<Record<string, RemedyCase>> = {
  'JUJU-USER-01': {
    estate: prod([], { users: [{ ...bob, access: 'superuser' }] }),
    params: { superusers, maximum: 3 },
  },
  'JUJU-USER-02': {
    estate: prod([machines([web], { users: { bob: 'admin' } })], { users: [bob] }),
    params: {
      levels: { admin: 'admin', observer: 'read', remediator: 'admin', prober: 'admin', bob: 'read' },
    },
  },
  'JUJU-USER-03': {
    estate: prod([], { users: [{ ...bob, lastConnectionDaysAgo: 300 }] }),
  },
  'JUJU-USER-04': {
    estate: prod([machines([], { name: 'secrets' })], { users: [bob] }),
    policy: {
      rotation: [
        {
          match: { user: 'bob' },
          every: 86_400,
          secret: { owner: 'admin', model: 'secrets', name: 'bob-password' },
        },
      ],
    },
  },
  'JUJU-USER-06': {
    estate: prod([], { users: [bob], cloud: { users: { bob: 'admin' } } }),
  },
  'JUJU-OFFER-01': {
    estate: prod(
      [
        machines([{ name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable' }], {
          offers: [{ application: 'etcd', endpoint: 'etcd-client', users: { bob: 'consume' } }],
        }),
      ],
      { users: [bob] },
    ),
  },
  'JUJU-CTRL-01': { estate: prod([], { config: { 'auditing-enabled': false } }) },
  'JUJU-CTRL-02': {
    estate: prod([], {
      config: { 'audit-log-exclude-methods': 'ReadOnlyMethods,ModelManager.ModifyModelAccess' },
    }),
  },
  'JUJU-CTRL-03': { estate: prod([], { config: { 'audit-log-capture-args': true } }) },
  'JUJU-CTRL-05': { estate: prod([], { config: { 'agent-ratelimit-max': 0 } }) },
  'JUJU-CTRL-06': {
    estate: prod([], { ...onCloud, controllerModel: { exposed: true } }),
    params: { cidrs: ['10.0.0.0/8', '192.168.0.0/16'], ownAddresses: ['10.1.2.3'] },
  },
  'JUJU-MODEL-01': { estate: prod([onWeb]) },
  'JUJU-MODEL-02': {
    estate: prod([onWeb], onCloud),
    params: { sshAllow: ['10.0.0.0/8'], saasIngressAllow: ['10.0.0.0/8'] },
  },
  'JUJU-MODEL-04': {
    estate: prod([machines([web], { config: { 'logging-config': '<root>=INFO;juju.rpc=TRACE' } })]),
  },
  'JUJU-MODEL-05': { estate: prod([machines([web], { config: { 'enable-os-upgrade': false } })]) },
  'JUJU-APP-01': { estate: prod([machines([{ ...web, trust: true }])]) },
  'JUJU-APP-04': {
    estate: prod([
      machines([
        {
          name: 'etcd',
          charm: 'charmed-etcd',
          channel: '3.6/stable',
          units: 3,
          revision: 181,
          canUpgradeTo: 'ch:amd64/charmed-etcd-182',
        },
      ]),
    ]),
    params: { age: '1m' },
    ends: nothingOffered,
  },
  'JUJU-APP-02': { estate: prod([machines([{ ...web, exposed: true }])], onCloud) },
};
