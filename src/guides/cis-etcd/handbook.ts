/** What the guide's handbook says of each of its controls. */
import type { Handbook } from '../../core/handbook.js';

const looked: NonNullable<Handbook['needs']> = {
  W: 'identities.prober and an entry under workload; for an etcd without Juju --etcd-config or --etcd-endpoint of the audit',
};

/** Waived together with the control of the Charmed etcd guide that asks for the same. */
function sameAs(control: string, instead: string): Handbook['waiving'] {
  return {
    when: `Right while TLS waits for its window, with a date. ${control} asks for the same: waive both or none. The benchmark's own wording knows no exception, so that an auditor will want to see the waiver.`,
    instead,
    atMost: '60d',
    reason: 'TLS is switched on in the window of January, members first',
  };
}

const charmSets: Handbook['waiving'] = {
  when: 'Right as long as the charm sets it so, which a change by hand does not outlast, and nobody logs in to these machines but their administrators.',
  instead:
    'keep the keys that open a shell on the machines known: while that control passes, strangers read no file there.',
  compensatedBy: 'JUJU-MODEL-06',
  atMost: '180d',
  reason: 'the charm writes it so; only administrators have a shell on the machines',
};

const neverMadeUp: Handbook['waiving'] = {
  when: 'Hardly ever right: the charm never sets auto-tls, so that somebody did by hand. Right for hours, until that is undone.',
  instead: 'let only known clients and members reach the ports (ETCD-NET-01).',
  atMost: '7d',
  reason: 'set by hand in an incident; taken out in the window of tonight',
};

export const handbook: Readonly<Record<string, Handbook>> = {
  'CIS-2.1': {
    passes:
      'cert-file and key-file are set in the configuration that every member really reads, no listen-client-urls is plain, and the port does not show otherwise.',
    needs: looked,
    waiving: sameAs('ETCD-ENC-01', 'let only known clients reach port 2379 (ETCD-NET-01).'),
  },
  'CIS-2.2': {
    passes:
      'client-cert-auth is true with a CA of its own on every member, no URL for clients is plain, and callers without a certificate are turned away.',
    needs: looked,
    waiving: sameAs('ETCD-AUTH-02', 'let only known clients reach port 2379 (ETCD-NET-01).'),
  },
  'CIS-2.3': {
    passes: 'auto-tls is not true on any member, and the client port shows no certificate that etcd made up.',
    needs: looked,
    waiving: neverMadeUp,
  },
  'CIS-2.4': {
    passes:
      'peer-cert-file and peer-key-file are set in the configuration that every member really reads, no listen-peer-urls is plain, and the port does not show otherwise.',
    needs: looked,
    waiving: sameAs('ETCD-ENC-02', 'keep the members in a network that nothing else shares.'),
  },
  'CIS-2.5': {
    passes:
      'peer-client-cert-auth is true with a CA of its own on every member, no URL for members is plain, and callers without a certificate are turned away.',
    needs: looked,
    waiving: sameAs('ETCD-ENC-02', 'keep the members in a network that nothing else shares.'),
  },
  'CIS-2.6': {
    passes:
      'peer-auto-tls is not true on any member, and the port for members shows no certificate that etcd made up.',
    needs: looked,
    waiving: neverMadeUp,
  },
  'CIS-2.7': {
    passes:
      'The fingerprint of the CA that every member trusts differs from those of all other CAs that were seen; with nothing to compare it is for a person.',
    needs: looked,
    waiving: {
      when: 'Right while one CA of the house signs for all services, and each client of etcd needs more than a certificate: a user with a role.',
      instead: 'see that authentication is on, so that a certificate alone is nobody in etcd.',
      compensatedBy: 'ETCD-AUTH-01',
      atMost: '180d',
      reason: 'the CA of the house signs for all; users of etcd have roles of their own',
    },
  },
  'CIS-1.1.7': {
    passes: 'The configuration file that each member reads has mode 600 or stricter.',
    needs: looked,
    waiving: charmSets,
  },
  'CIS-1.1.8': {
    passes: 'Never: there is no pod specification, so that it always says that it does not apply.',
    waiving: {
      when: 'Never needed: what does not apply is no violation.',
      instead: 'nothing; the configuration file is judged by CIS-1.1.7.',
      atMost: '365d',
      reason: 'not needed: a snap runs etcd, not a pod',
    },
  },
  'CIS-1.1.11': {
    passes: 'The data directory of each member has mode 700 or stricter.',
    needs: looked,
    waiving: charmSets,
  },
  'CIS-1.1.12': {
    passes:
      'The data directory of each member belongs to the user and group of the parameter owner, etcd:etcd unless set.',
    needs: looked,
    waiving: {
      ...charmSets,
      when: 'Right for Charmed etcd, which runs as snap_daemon; or set the parameter owner to snap_daemon:root, which says the same for good.',
      reason: 'the snap runs etcd as snap_daemon; nobody else is in the group root',
    },
  },
};
