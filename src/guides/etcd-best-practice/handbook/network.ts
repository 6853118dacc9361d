import type { Handbook } from '../../../core/handbook.js';
import { attestation, charmWrites } from '../../shared/handbook.js';

export const network: Readonly<Record<string, Handbook>> = {
  'EBP-NET-01': {
    passes:
      'No listen-client-urls and no listen-peer-urls of any member names all addresses, or one that the world can reach.',
    waiving: {
      when: `${charmWrites} Right, too, on a machine with one network only, where all addresses are one.`,
      instead:
        'let the firewall of the machines or of the cloud admit the network of the clients alone (EBP-NET-02).',
      compensatedBy: 'EBP-NET-02',
      atMost: '180d',
      reason: 'the machines have one network, which the firewall closes to others',
    },
  },
  'EBP-NET-02': {
    passes:
      'The application is not exposed, or only within the parameter cidrs, and is bound to the spaces that the parameter names. Where the cloud has no firewall, the packet filters of the machines let in no more than that.',
    needs: {
      W: 'only where the cloud has no firewall: identities.prober and an entry under workload; rules of ufw and iptables are read, of nft only that it is there',
    },
    waiving: {
      when: 'Right where a firewall that Juju does not govern closes the ports: name it. It goes with ETCD-NET-01: waive both or none.',
      instead: 'try ports 2379, 2380 and 9100 from outside on a schedule.',
      atMost: '90d',
      reason: 'nftables on the machines admit the cluster network only',
    },
  },
  'EBP-NET-03': {
    passes:
      'Every unit has private addresses only, and shares its space with no application that is exposed to the world.',
    waiving: {
      when: 'Right while etcd or its neighbour moves to a space of its own, or where the exposed neighbour stands behind a proxy elsewhere.',
      instead: 'let the machines of the neighbour reach nothing of etcd but what it is a client of.',
      atMost: '90d',
      reason: 'the web frontends get a network of their own in the first quarter',
    },
  },
  'EBP-NET-04': {
    passes:
      'No member serves metrics in clear beyond its own machine. Charmed etcd always does, on port 9100: there a named owner states who may reach the port.',
    waiving: {
      when: 'Right while the port is not closed off yet. Once it is, attest who may reach it and who decided that, which counts as evidence: an entry under attestations.',
      instead:
        'close port 9100 to everybody but the collector, in the firewall of the cloud or of the machines.',
      atMost: '60d',
      reason: 'the firewall rule for the collector is made with the next change of the network',
    },
  },
  'EBP-NET-05': {
    passes:
      'A named owner has attested that the written policy was reviewed, and the attestation has not ended.',
    needs: attestation,
    waiving: {
      when: 'Right only while the policy is being written. A cluster of trials is better switched off by a rule.',
      instead: 'let nothing but the related clients reach etcd until it is written (EBP-NET-02).',
      atMost: '60d',
      reason: 'the policy is with the network team until the end of January',
    },
  },
  'EBP-NET-06': {
    passes:
      'Every member that etcd lists is at the address of a unit of the application, and every unit is listed.',
    waiving: {
      when: 'Right while a member is moved by hand, for the hours that this takes. A member that nobody knows is an incident, not a case for a waiver.',
      instead: 'find out who added it, and what it read: it received every write.',
      atMost: '7d',
      reason: 'a unit is replaced by hand after the loss of its machine',
    },
  },
};
