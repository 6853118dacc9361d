import type { Handbook } from '../../../core/handbook.js';
import { attestation, cosNeeds } from '../../shared/handbook.js';

export const upkeep: Readonly<Record<string, Handbook>> = {
  'EBP-MON-01': {
    passes:
      'Metrics reach a Prometheus whose rules for latency, errors and resources of etcd are loaded, that keeps them as long as metricsRetention asks.',
    needs: cosNeeds,
    waiving: {
      when: 'Right where another system measures etcd. Rules of your own under other names belong into the parameters latency, errors and resources.',
      instead: 'see that it alerts on a lost leader, failed proposals and a filling database.',
      atMost: '90d',
      reason: 'measured by the monitoring of the data centre until COS is there',
    },
  },
  'EBP-MON-02': {
    passes: 'The log of etcd is kept, rotated and shipped, and the audit log of the controller is on.',
    needs: {
      ...cosNeeds,
      J: 'identities.observer of the controller, with login: no more is asked for',
    },
    waiving: {
      when: 'Right where a proxy in front of etcd records who asked for what, which etcd itself cannot.',
      instead: 'keep the records of the proxy as long as logs, and off the machines of etcd.',
      atMost: '90d',
      reason: 'all clients come by the proxy, which logs each call',
    },
  },
  'EBP-MON-03': {
    passes:
      'Rules for unauthorised access, errors and unusual use are loaded and sound, and Alertmanager sends what they fire to somebody.',
    waiving: {
      when: 'Right while the rules are on trial and fire too often to wake anybody. Rules of your own under other names belong into the parameters.',
      instead: 'look at the dashboards of etcd each working day.',
      atMost: '30d',
      reason: 'the rules go to a channel only until their thresholds fit',
    },
  },
  'EBP-MON-04': {
    passes:
      'A full audit was held and a named person acknowledged its report: an attestation says so and has not ended.',
    needs: attestation,
    waiving: {
      when: 'Right for the first period, until the first audit is due.',
      instead: 'let the daemon run meanwhile: what it finds is told at once.',
      atMost: '90d',
      reason: 'the first audit is due at the end of the quarter',
    },
  },
  'EBP-MON-05': {
    passes:
      'A named owner has attested when the logs were looked through, and the attestation has not ended.',
    needs: attestation,
    waiving: {
      when: 'Right while nobody has the time but alerts do their part; not for good.',
      instead:
        'see that alerts exist for what a person would look for: failed logins, new users, unusual reads (EBP-MON-03).',
      compensatedBy: 'EBP-MON-03',
      atMost: '90d',
      reason: 'alerts look for it until the new colleague begins in March',
    },
  },
  'EBP-MON-06': {
    passes:
      'Loki is reached over https and keeps logs as long as logRetention asks, and a named owner states who may read them.',
    needs: {
      ...attestation,
      O: 'an entry under observability with the address of Loki: its transport and retention are asked',
    },
    waiving: {
      when: 'Right while logs move to a store that is kept longer or served over https.',
      instead:
        'copy the logs of etcd off the store once a day, to where its administrators cannot change them.',
      atMost: '60d',
      reason: 'Loki gets a certificate with the new ingress in January',
    },
  },
  'EBP-UPD-01': {
    passes:
      'The data about advisories are younger than the parameter age, and do not flag the version that runs.',
    waiving: {
      when: 'Right where no newer data can be brought in for a while, such as in a network without a way out, and somebody reads the announcements by hand.',
      instead: 'subscribe a person to the announcements of etcd, and name that person as the owner.',
      atMost: '30d',
      reason: 'the data come in with the next delivery; announcements are read by the owner',
    },
  },
  'EBP-UPD-02': {
    passes:
      'A named owner has attested on which staging model the revision was run, or with which rehearsal, and the attestation has not ended.',
    needs: attestation,
    waiving: {
      when: 'Right for a fix that cannot wait, once: rehearsing takes longer than the hole is safe.',
      instead:
        "play it on a simulated copy ('holdfast rehearse'), refresh one unit first, and have a backup of the same day.",
      compensatedBy: 'ETCD-BKP-01',
      atMost: '14d',
      reason: 'the fix of 10 December goes out unrehearsed, one unit first, after a backup',
    },
  },
  'EBP-UPD-03': {
    passes:
      'The policy lets ETCD-UPG-01 act (mode enforce, with a window or without the need of one), or a named owner has attested by what else updates are carried out, and the attestation has not ended.',
    needs: attestation,
    waiving: {
      when: 'Right where updates by hand are wanted and nothing is late.',
      instead:
        'hold the dates by the control of how far the charm is behind: it fails when a hand was too slow.',
      compensatedBy: 'ETCD-UPG-01',
      atMost: '180d',
      reason: 'updated by hand each month by decision of the owner',
    },
  },
  'EBP-UPD-04': {
    passes:
      'For the refresh that is pending, the way back that the charm printed is on record, for the revision that runs. Nothing pending: it does not apply.',
    needs: { N: 'the operations that Juju still keeps, where the check printed the way back' },
    waiving: {
      when: 'Right where a backup is the way back, because the older minor version cannot be returned to anyway.',
      instead: 'have a backup of the same day, and rehearse restoring it.',
      compensatedBy: 'ETCD-BKP-01',
      atMost: '30d',
      reason: 'the way back is the backup of the same day, restored for a test in November',
    },
  },
  'EBP-UPD-05': {
    passes:
      'A named owner has attested that the last updates were gone through, and the attestation has not ended.',
    needs: attestation,
    waiving: {
      when: 'Right until the first year is over.',
      instead: 'write down at each update what was late and what was done by hand.',
      atMost: '180d',
      reason: 'the first review is due in June',
    },
  },
};
