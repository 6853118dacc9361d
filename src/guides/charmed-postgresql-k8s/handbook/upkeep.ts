import type { Handbook } from '../../../core/handbook.js';
import {
  apart,
  backToBefore,
  behind,
  cosNeeds,
  landscape,
  nobody,
  observed,
  pinned,
  storeChange,
  ubuntuPro,
  updatesInstalled,
} from '../../shared/handbook.js';

const signals = 'Metrics, logs, dashboards and traces, as the parameter signals asks,';

function base(passes: string, compensatedBy?: string): Handbook {
  return {
    passes,
    waiving: {
      when: 'Right while the application is being deployed anew on the base of its track, because a base cannot be changed in place.',
      instead:
        'keep the workload refreshed in its channel: on Kubernetes the base is that of the charm, and the rock brings its own.',
      ...(compensatedBy === undefined ? {} : { compensatedBy }),
      atMost: '90d',
      reason: 'moved to the new track with its base by the end of the quarter',
    },
  };
}

export const upkeep: Readonly<Record<string, Handbook>> = {
  'PG-IMG-01': pinned('PostgreSQL'),
  'PGB-IMG-01': pinned('PgBouncer'),
  'PG-IMG-02': base(
    'The base is the one of the track (Ubuntu 22.04 for 14, 24.04 for 16) or of the parameter base, and Ubuntu still mends it.',
    'PG-UPG-01',
  ),
  'PGB-IMG-02': base(
    'The base is Ubuntu 22.04 or that of the parameter base, and Ubuntu still mends it.',
    'PGB-UPG-01',
  ),
  'PG-UPG-01': behind('PostgreSQL'),
  'PGB-UPG-01': behind('PgBouncer'),
  'PG-MON-01': observed('PostgreSQL', signals),
  'PGB-MON-01': observed('PgBouncer', signals),
  'PG-MON-02': apart('PostgreSQL'),
  'PG-MON-03': {
    passes:
      'The options for logging connections and disconnections and for pgAudit are on, and where units were looked into the server logs both.',
    change: {
      steps: ["Sets each of the three options that is off, by 'juju config'."],
      rollback: backToBefore,
      cutsOff: nobody,
    },
    waiving: {
      when: 'Right where short connections by the thousand would flood the log, and a pooler in front records who came.',
      instead: 'leave pgAudit on for what changes data and rights, and keep the log of the pooler.',
      atMost: '180d',
      reason: 'PgBouncer records the clients; connections of the pool are not logged',
    },
  },
  'PG-MON-04': {
    passes:
      'Rules about PostgreSQL in this model are loaded in Prometheus and sound, and Alertmanager sends what they fire to somebody.',
    needs: cosNeeds,
    waiving: {
      when: 'Right while the rules fire too often to wake anybody, until their thresholds fit.',
      instead: 'look at the dashboards of PostgreSQL each working day.',
      atMost: '30d',
      reason: 'the rules go to a channel only until their thresholds fit',
    },
  },
  'PG-BKP-01': {
    passes:
      'Exactly one backup store is related, pgBackRest archives the log on every unit, and the newest backup is younger than the parameter backupAge.',
    change: storeChange,
    waiving: {
      when: 'Right where another tool saves the database, with the log, off the cluster. Name it in the reason.',
      instead: 'rehearse restoring to a given minute once a quarter.',
      atMost: '90d',
      reason: 'saved by the snapshots of the storage with the log; restored for a test in November',
    },
  },
  'PG-OS-01': landscape('PostgreSQL'),
  'PG-OS-02': ubuntuPro('PostgreSQL'),
  'PG-OS-03': updatesInstalled('on one machine at a time, the primary last'),
};
