import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { evidenceOf, manual, pass, type Judgement } from '../../core/judgement.js';
import { bindingJudgement, bindingReasons } from '../shared/binding.js';
import { worst } from '../shared/combine.js';
import { withInside } from '../shared/inside.js';
import { filteredTo, filterReasons } from '../shared/packet-filter.js';
import { documents } from '../shared/etcd-documents.js';
import { exposureJudgement, exposureReasons } from '../shared/exposure.js';
import { etcdInsideReasons, membersAreUnits } from '../shared/etcd-inside.js';
import { etcdSettingReasons, listensOnOwn, metricsKeptIn } from '../shared/etcd-settings.js';
import { etcdReach } from '../shared/params.js';
import { ownSpace, privateAddresses, separationReasons } from '../shared/separation.js';
import { attested, insideUnits } from './attested.js';

const section = 'Network Security: Isolating the Cluster';

const listen = insideUnits({
  id: 'EBP-NET-01',
  title: 'etcd listens on specific addresses for clients and members',
  severity: 'medium',
  section,
  rationale: 'A server on all addresses also answers on networks that nobody thought of.',
  references: [documents.article, documents.etcdConfiguration],
  fixableBy: 'charm',
  manual:
    "Look for 'listen-client-urls' and 'listen-peer-urls' in /var/snap/charmed-etcd/current/etcd.conf.yml of each unit. The charm writes the unit's own address; " +
    "choose the network with 'juju bind -m MODEL ETCD SPACE'.",
  hazards: ['Binding to another space changes the addresses that members and clients use.'],
  reasons: etcdSettingReasons.listening,
  judge: listensOnOwn,
});

const firewall = defineControl({
  id: 'EBP-NET-02',
  title: 'Only authorised networks reach etcd',
  severity: 'high',
  section,
  rationale: 'Each address that can reach the port is one more from which it can be attacked.',
  references: [documents.article, documents.harden],
  evidence: ['S', 'J', 'W'],
  scope: 'application',
  params: z.object(etcdReach),
  reasons: { ...filterReasons, ...exposureReasons, ...bindingReasons },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "As ETCD-NET-01: 'juju unexpose -m MODEL ETCD', or 'juju expose -m MODEL ETCD --to-cidrs CIDRS'. Where the cloud has no firewall, close ports 2379, 2380 and 9100 in your own.",
  hazards: ['Whoever connects from an address that is no longer allowed is cut off.'],
  evaluate(app, { params }) {
    const exposure = besideFilter(app, exposureJudgement(app, params), params.cidrs);
    const binding = bindingJudgement(app, params.spaces);
    return binding === undefined ? exposure : worst(exposure, binding);
  },
});

/** Where no firewall of the cloud is known to hold what Juju says, that of the machines has to. */
function besideFilter(app: ApplicationView, exposure: Judgement, declared: readonly string[]): Judgement {
  if (exposure.reason !== 'NoFirewall' && exposure.reason !== 'FirewallNotSeen') return exposure;
  return withInside(exposure, filteredTo(app, [2379, 2380], declared));
}

const separation = defineControl({
  id: 'EBP-NET-03',
  title: 'etcd is in a private network, apart from what is open to the world',
  severity: 'medium',
  section,
  rationale: 'Who breaks into an open application next door reaches all that shares its network.',
  references: [documents.article, documents.spaces],
  evidence: ['S'],
  scope: 'application',
  params: z.object({}),
  reasons: separationReasons,
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Make a space of private subnets ('juju add-space -m MODEL SPACE CIDR'), move etcd there with 'juju bind -m MODEL ETCD SPACE', or unexpose what shares its space. " +
    'Let people in from outside by VPN only.',
  hazards: ['Binding to another space changes the addresses that members and clients use.'],
  // Its own addresses are not looked at again for what is opened next door.
  evaluate: (app) => worst(app.derived(privateAddresses, undefined), ownSpace(app)),
});

const metrics = defineControl({
  id: 'EBP-NET-04',
  title: 'The plain-text metrics endpoint is closed off',
  severity: 'low',
  section,
  rationale:
    'Port 9100 serves metrics and health to everyone who reaches it, without encryption or a password.',
  references: [documents.article, documents.cryptography],
  evidence: ['W'],
  scope: 'application',
  params: z.object({}),
  reasons: {
    MetricsInClear:
      'The charm always serves metrics in plain text; whether a firewall closes the port off is not seen.',
  },
  remediation: 'manual',
  fixableBy: 'charm',
  manual:
    'Allow port 9100 from the collector only, in the firewall of the cloud or of the machines. Then attest in the policy who may reach it, and who decided that.',
  hazards: ['Metrics stop where the collector is not let through.'],
  evaluate: (app) => {
    const members = app.get('workload').etcdMembers;
    if (members !== undefined && metricsKeptIn(app) === true) {
      const wanted = 'metrics on the machine itself, or over TLS';
      return pass(`${app.name} keeps its metrics in`, evidenceOf(members, 'no plain URL for others', wanted));
    }
    return manual(
      'MetricsInClear',
      `${app.name} serves metrics in plain text on port 9100 by design of the charm; who may reach it is not seen`,
    );
  },
});

const policy = attested({
  id: 'EBP-NET-05',
  title: 'A written network policy says who may talk to etcd, and is reviewed',
  severity: 'low',
  section,
  rationale: 'Rules that nobody wrote down are kept by nobody, and outlive their reason.',
  references: [documents.article],
  manual:
    'Write down which networks may reach ports 2379, 2380 and 9100 and why. Review it once a year, and state when that was and by whom.',
  what: 'a network policy for etcd, with the date of its last review',
  age: '365d',
});

const strangers = insideUnits({
  id: 'EBP-NET-06',
  title: 'The cluster has no member that is not a unit of the application',
  severity: 'high',
  section,
  rationale: 'A member that nobody added receives every write.',
  references: [documents.article, documents.etcdSecurity],
  manual:
    "Compare the members with the units: 'etcdctl member list -w json' with a valid certificate, and 'juju status -m MODEL ETCD'. Remove a stranger with 'etcdctl member remove ID' after finding out who it is.",
  hazards: ['Removing a member of a cluster that has lost one already may stop it.'],
  reasons: etcdInsideReasons.members,
  judge: membersAreUnits,
});

export const network: readonly Control[] = [listen, firewall, separation, metrics, policy, strangers];
