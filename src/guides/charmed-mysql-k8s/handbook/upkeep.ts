import type { Handbook } from '../../../core/handbook.js';
import { apart, backToBefore, behind, nobody, observed, pinned, storeChange } from '../../shared/handbook.js';

const both = 'MySQL and its Router';

export const upkeep: Readonly<Record<string, Handbook>> = {
  'MYSQL-IMG-01': {
    passes: `Every unit of ${both} runs the image that the deployed charm revision pins.`,
    needs: { K: 'an entry under clusters in the policy, so that the images of the pods are seen' },
    waiving: pinned(both).waiving,
  },
  'MYSQL-IMG-02': {
    passes:
      'The base is Ubuntu 22.04 on track 8.0, or that of the parameter base, and Ubuntu still mends it. For track 8.4 the policy names the base.',
    waiving: {
      when: 'Right while the application is being deployed anew on the base of its track, because a base cannot be changed in place.',
      instead: 'keep the charm refreshed in its channel: the rock brings a base of its own, mended with it.',
      compensatedBy: 'MYSQL-UPG-01',
      atMost: '90d',
      reason: 'moved to a new cluster on the base of the track by the end of the quarter',
    },
  },
  'MYSQL-UPG-01': {
    passes:
      'Nothing newer has been out for MySQL or its Router in its channel for longer than the parameter age, and no refresh hangs.',
    waiving: behind(both).waiving,
  },
  'MYSQL-MON-01': observed(both, 'Metrics, logs and dashboards, as the parameter signals asks,'),
  'MYSQL-MON-02': apart('MySQL'),
  'MYSQL-MON-03': {
    passes: 'The option plugin-audit-enabled is true.',
    change: {
      steps: ["Sets plugin-audit-enabled to true by 'juju config'."],
      rollback: backToBefore,
      cutsOff: nobody,
    },
    waiving: {
      when: 'Right where short connections by the thousand would flood the log, and something in front of MySQL records who came.',
      instead: 'ship what that something records to COS, beside the logs of MySQL (MYSQL-MON-01).',
      atMost: '180d',
      reason: 'the pooler of the shop records its users; its connections are not logged again',
    },
  },
  'MYSQL-BKP-01': {
    passes:
      "Not by itself yet: that exactly one backup store is related is seen, but how old the newest backup is only 'list-backups' tells, so that it ends as unknown.",
    change: {
      ...storeChange,
      steps: [
        ...storeChange.steps,
        "Ends as NeedsReview, because no backup is seen yet: a person makes one and looks at 'list-backups'.",
      ],
    },
    waiving: {
      when: 'Right where another tool saves the database off the cluster, and where a person looks at the list of backups of a related store. Name it in the reason.',
      instead: 'look at the age of the newest backup each week, and rehearse restoring it once a quarter.',
      atMost: '90d',
      reason: 'a person looks at list-backups each Monday; restored for a test in November',
    },
  },
};
