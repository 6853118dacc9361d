import type { Handbook } from '../../../core/handbook.js';
import { attestation, filesWaiving } from '../../shared/handbook.js';

export const access: Readonly<Record<string, Handbook>> = {
  'EBP-AUTHN-01': {
    passes: 'Port 2379 of every unit turns away callers that show no certificate.',
    waiving: {
      when: 'Right while the last clients are being given certificates, with a date. It asks what ETCD-AUTH-02 asks: waive both or none.',
      instead:
        'see that passwords travel over TLS at least (EBP-AUTHN-02), and let only known clients reach the port.',
      compensatedBy: 'EBP-AUTHN-02',
      atMost: '60d',
      reason: 'the last client gets its certificate in January; passwords go over TLS',
    },
  },
  'EBP-AUTHN-02': {
    passes: 'Port 2379 of every unit speaks TLS: every Charmed etcd has at least the password of root.',
    waiving: {
      when: 'Right for days at most, while TLS is being switched on. A password that went over a network in clear has to be changed afterwards.',
      instead:
        'keep the way from the clients to etcd in a network of their own, and let nobody else onto it.',
      atMost: '14d',
      reason: 'TLS is switched on in the window of next Sunday',
    },
  },
  'EBP-AUTHN-03': {
    passes:
      'The charm made the passwords up itself; or a named owner states that those given to it are strong.',
    needs: attestation,
    waiving: {
      when: 'Hardly ever right: letting the charm make up its password takes one command. Right while something still uses the old one.',
      instead:
        'let only that something reach etcd, and change the password as soon as it has a user of its own.',
      atMost: '30d',
      reason: 'the old importer knows this password until it is retired in January',
    },
  },
  'EBP-AUTHN-04': {
    passes:
      'Private keys have mode 600 or stricter on every unit; where the CA keeps its own, a named owner states.',
    needs: attestation,
    waiving: filesWaiving('the keys'),
  },
  'EBP-AUTHZ-01': {
    passes:
      'Authentication is on, and users and roles are as ETCD-AUTHZ-01 asks: root alone has the role root and the whole key space.',
    needs: {
      W: 'identities.prober and an entry under workload for the first half; for users and roles a user of etcd with the role root, under etcd of that entry',
    },
    waiving: {
      when: 'Right once users and roles were looked through by hand, because unknown would stay otherwise. It goes with ETCD-AUTHZ-01: waive both or none.',
      instead: 'list users and roles by hand once a quarter, and take away what grew.',
      atMost: '90d',
      reason: 'one application owns the whole cluster; roles were looked through on 1 December',
    },
  },
  'EBP-REST-01': {
    passes:
      'A layer of type crypt is below the data directory of every unit; or a named owner states that the cloud encrypts below the machine.',
    needs: {
      ...attestation,
      W: 'identities.prober and an entry under workload: lsblk and findmnt are asked for the data directory',
    },
    waiving: {
      when: 'Right while units move to encrypted volumes one by one. What the cloud encrypts below the machine is attested, not waived.',
      instead:
        'have disks that are returned or sold destroyed, and keep the room of the machines under lock.',
      atMost: '180d',
      reason: 'units move to encrypted volumes with the new hardware in spring',
    },
  },
  'EBP-REST-02': {
    passes:
      'A named owner has attested where the key is kept and when a recovery was last tried, and the attestation has not ended.',
    needs: attestation,
    waiving: {
      when: 'Right while the first recovery is being prepared. Where nothing is encrypted there is no key either: then waive EBP-REST-01, not this one alone.',
      instead: 'keep a backup elsewhere that can be read without that key (ETCD-BKP-01).',
      compensatedBy: 'ETCD-BKP-01',
      atMost: '60d',
      reason: 'the first recovery is tried in January; backups are outside of the volume',
    },
  },
};
