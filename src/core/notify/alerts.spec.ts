import { describe, expect, it, test } from '@jest/globals';
import { quarantineNamed } from '../../../test/support/journal-samples.js';
import { findingNamed, sceneOf, start, waiver } from '../../../test/support/notify-samples.js';
import { sampleRemediation } from '../../../test/support/report-samples.js';
import { instant } from '../time.js';
import { alertsOf } from './alerts.js';
import { labelsOf } from './document.js';
import type { Scene } from './scene.js';

describe('what stands open', () => {
  const names = (scene: Scene): readonly string[] =>
    alertsOf(scene).map(({ about, reason }) => `${about} ${reason}`);

  it('is each violation that no active waiver lies over', () => {
    const scene = sceneOf([
      findingNamed('open'),
      findingNamed('units differ', { outcome: 'inconsistent' }),
      findingNamed('waived', { waiver }),
      findingNamed('waived no longer', { waiver: { ...waiver, state: 'expired' } }),
      findingNamed('fine', { outcome: 'pass' }),
      findingNamed('for a person', { outcome: 'manual' }),
    ]);
    expect(alertsOf(scene).map(({ id }) => id)).toEqual(['open', 'units differ', 'waived no longer']);
  });

  it('names the labels that the alert rules use', () => {
    const [alert] = alertsOf(sceneOf([findingNamed('f1')]));
    expect(alert === undefined ? {} : labelsOf(alert)).toEqual({
      alertname: 'HoldfastFinding',
      severity: 'critical',
      control: 'ETCD-TLS-01',
      guide: 'charmed-etcd',
      controller: 'prod',
      target_model: 'data',
      target_application: 'etcd',
      holdfast_id: 'f1',
    });
  });

  it('is one alert for all that a guide cannot judge in a model, and no violation', () => {
    const unseen = (id: string, control: string, model: string) =>
      findingNamed(id, {
        control,
        outcome: 'unknown',
        message: 'no permission',
        target: { kind: 'model', controller: 'prod', model },
      });
    const scene = sceneOf([
      unseen('a', 'C-1', 'data'),
      unseen('b', 'C-2', 'data'),
      unseen('c', 'C-1', 'web'),
    ]);
    expect(alertsOf(scene).map(({ about, severity, message }) => [about, severity, message])).toEqual([
      [
        'unknown',
        'medium',
        'On prod:data 2 judgements of charmed-etcd cannot be made (C-1, C-2): no permission',
      ],
      ['unknown', 'medium', 'On prod:web 1 judgements of charmed-etcd cannot be made (C-1): no permission'],
    ]);
  });

  test.each<[string, Partial<Scene>, readonly string[]]>([
    ['a journal that is full', { journal: { state: 'full', reason: 'no space' } }, ['journal JournalFull']],
    [
      'a controller without connection',
      {
        health: [
          {
            controller: 'prod',
            connected: false,
            trouble: 'refused',
            models: [],
            calls: 0,
            errors: 0,
            reconnects: 0,
          },
        ],
      },
      ['blind NotConnected'],
    ],
    [
      'a model that was not read for longer than what is read is believed',
      {
        health: [
          {
            controller: 'prod',
            connected: true,
            models: [{ model: 'data', lastRead: instant(start - 301_000), interval: 15 }],
            calls: 0,
            errors: 0,
            reconnects: 0,
          },
        ],
      },
      ['blind ModelsNotRead'],
    ],
    [
      'a target that cannot be reached',
      {
        deliveries: [
          {
            target: 'chat',
            type: 'slack',
            waiting: 1,
            open: 0,
            delivered: 0,
            failed: 3,
            refused: 0,
            dropped: 0,
            trouble: 'answered 500',
            troubleSince: start,
          },
        ],
      },
      ['delivery NotDelivered'],
    ],
    ['what is left alone', { quarantines: [quarantineNamed('q1')] }, ['quarantine AttemptsExhausted']],
    [
      'steps of one plan that wait for approval, as one',
      {
        remediations: ['r1', 'r2'].map((id) => ({
          ...sampleRemediation,
          id,
          state: 'WaitingApproval' as const,
          reason: 'NotApproved',
        })),
      },
      ['approval NotApproved'],
    ],
    [
      'a change that a person has to look at',
      { remediations: [{ ...sampleRemediation, state: 'NeedsReview', reason: 'NotVerified' }] },
      ['review NotVerified'],
    ],
    [
      'drift that is fought over',
      {
        held: [
          {
            planHash: 'p',
            actionId: 'a',
            target: { kind: 'model', controller: 'prod', model: 'data' },
            rail: 'fight',
            state: 'Quarantined',
            reason: 'FoughtOver',
            first: true,
          },
        ],
      },
      ['contested FoughtOver'],
    ],
  ])('is %s', (_what, more, expected) => {
    const fresh = {
      health: sceneOf([]).health.map((one) => ({
        ...one,
        models: one.models.map((model) => ({ ...model, lastRead: instant(start) })),
      })),
    };
    expect(names(sceneOf([], { ...fresh, ...more }))).toEqual(expected);
  });
});
