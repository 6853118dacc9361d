import type { Handbook } from '../../../core/handbook.js';
import {
  apart,
  behind,
  cosNeeds,
  landscape,
  observed,
  refreshChange,
  storeChange,
  ubuntuPro,
  updatesInstalled,
} from '../../shared/handbook.js';

export const upkeep: Readonly<Record<string, Handbook>> = {
  'ETCD-OS-01': landscape('etcd'),
  'ETCD-OS-02': ubuntuPro('etcd'),
  'ETCD-OS-03': {
    passes:
      'The application runs on the base that the parameter names, Ubuntu 24.04 unless set, and Ubuntu still mends that.',
    waiving: {
      when: 'Right while units move to new machines one by one, and while the older base is covered by Ubuntu Pro.',
      instead:
        'see that the machines are attached to Ubuntu Pro (ETCD-OS-02), and that no update is overdue (ETCD-OS-04).',
      compensatedBy: 'ETCD-OS-04',
      atMost: '180d',
      reason: 'on 22.04 under Ubuntu Pro until the cluster is rebuilt',
    },
  },
  'ETCD-OS-04': updatesInstalled(
    'on one machine at a time, because two of three members down stop the cluster',
  ),
  'ETCD-UPG-01': behind('Charmed etcd'),
  'ETCD-UPG-02': {
    passes:
      'Every unit has the revision of the snap that the deployed charm revision pins, and the snap is held.',
    change: refreshChange,
    waiving: {
      when: 'Right while a fix of the snap is on trial that no charm revision pins yet, or after one unit was mended by hand in an incident.',
      instead: 'hold the snap at that revision on every unit, so that the members at least do not differ.',
      atMost: '30d',
      reason: 'a hotfix of the snap, until the next charm revision pins it',
    },
  },
  'ETCD-UPG-03': {
    passes: 'The version of etcd is at or above the patched version that the data name for its series.',
    change: refreshChange,
    waiving: {
      when: 'Right while the refresh has its window and you have read the advisory: some holes need a user with rights, others none.',
      instead:
        'do what the advisory says for those who cannot upgrade, and let only known clients reach etcd.',
      atMost: '30d',
      reason: 'refreshed in the window of 15 January; the hole needs a user with a role',
    },
  },
  'ETCD-MON-01': observed('etcd', 'Metrics, logs and dashboards'),
  'ETCD-MON-02': apart('etcd'),
  'ETCD-MON-03': {
    passes: 'Every member writes its log to a file and rotates it, and the logs go on to Loki.',
    needs: cosNeeds,
    waiving: {
      when: 'Right where another agent ships the logs off the machines. Name it and where they go in the reason.',
      instead:
        'see once a month that the newest line of each unit has arrived there, and watch the disk: the charm deletes no rotated log.',
      atMost: '90d',
      reason: 'rsyslog ships the logs to the log host of the data centre',
    },
  },
  'ETCD-BKP-01': {
    passes:
      'Exactly one backup store is related, S3 or Azure, and the newest backup is younger than the parameter backupAge.',
    change: storeChange,
    waiving: {
      when: 'Right for a cluster whose content can be made anew from elsewhere, or that is saved by snapshots of another tool.',
      instead: 'rehearse making it anew once a quarter, and say in the reason what that takes.',
      atMost: '90d',
      reason: 'etcdctl snapshots every hour by our own job, restored for a test in November',
    },
  },
};
