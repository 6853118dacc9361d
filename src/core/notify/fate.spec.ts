import { describe, expect, it, test } from '@jest/globals';
import { alertNamed, findingNamed, sceneOf, start, waiver } from '../../../test/support/notify-samples.js';
import { instant } from '../time.js';
import type { Alert } from './alert.js';
import { alertsOf } from './alerts.js';
import { Fates, Standing } from './fate.js';
import type { Scene } from './scene.js';

describe('what became of an alert', () => {
  const alert = alertNamed('f1');
  const fateIn = (scene: Scene, fates = new Fates()): string => {
    fates.look(scene, alertsOf(scene));
    return fates.of(alert);
  };
  const unknownPlace = findingNamed('other', { outcome: 'unknown' });
  const elsewhere = findingNamed('other', { target: { kind: 'model', controller: 'prod', model: 'web' } });
  const health = (lastRead: string | undefined): Scene['health'] => [
    {
      controller: 'prod',
      connected: true,
      models: [{ model: 'data', interval: 15, ...(lastRead === undefined ? {} : { lastRead }) }],
      calls: 0,
      errors: 0,
      reconnects: 0,
    },
  ];

  test.each<[string, Scene, string]>([
    ['it passes', sceneOf([findingNamed('f1', { outcome: 'pass' })]), 'passing'],
    ['a waiver lies over it', sceneOf([findingNamed('f1', { waiver })]), 'waived'],
    ['it cannot be judged any more', sceneOf([findingNamed('f1', { outcome: 'unknown' })]), 'open'],
    ['its place is judged without it', sceneOf([findingNamed('other', { control: 'C-2' })]), 'gone'],
    ['its control could not look at the place', sceneOf([unknownPlace]), 'open'],
    ['its place was not judged yet', sceneOf([elsewhere]), 'open'],
    [
      'its model was not read since the start',
      sceneOf([findingNamed('other')], { health: health(undefined) }),
      'open',
    ],
    ['it is open, and others are told of it', sceneOf([findingNamed('f1')]), 'gone'],
  ])('when %s', (_what, scene, expected) => {
    expect(fateIn(scene)).toBe(expected);
  });

  it('is gone though nobody knows how it is now, where what was wrong is seen to be over', () => {
    const firstSeen = instant(start);
    const fates = new Fates();
    fateIn(sceneOf([findingNamed('f1', { firstSeen })]), fates);
    expect(fateIn(sceneOf([findingNamed('f1', { firstSeen, outcome: 'unknown' })]), fates)).toBe('open');
    const over = sceneOf([findingNamed('f1', { outcome: 'unknown' })]);
    expect([fateIn(over, fates), fateIn(over, fates)]).toEqual(['gone', 'gone']);
  });

  test.each<[string, readonly string[]]>([
    ['NotObserved', ['open', 'open', 'open']],
    ['PermissionMissing', ['open', 'open', 'open']],
    ['NoFirewall', ['open', 'open', 'unsettled']],
  ])('when it is unknown for %s', (reason, expected) => {
    const fates = new Fates();
    const unknown = findingNamed('f1', { outcome: 'unknown', reason });
    const at = (ms: number): string => fateIn(sceneOf([unknown], { now: start + ms }), fates);
    expect([at(0), at(899_000), at(900_000)]).toEqual(expected);
  });

  it('is gone with its model once that stayed away for as long as what was read is believed', () => {
    const fates = new Fates();
    const at = (ms: number): string =>
      fateIn(sceneOf([elsewhere], { now: start + ms, health: health(instant(start)) }), fates);
    expect([at(0), at(299_000), at(300_000)]).toEqual(['open', 'open', 'gone']);
  });

  it('is open for as long as nobody can look, however long that is', () => {
    const fates = new Fates();
    const blind = health(instant(start)).map((one) => ({ ...one, connected: false }));
    const at = (ms: number): string => fateIn(sceneOf([], { now: start + ms, health: blind }), fates);
    expect([at(0), at(9e6)]).toEqual(['open', 'open']);
  });

  it('counts from the beginning when the place came back meanwhile', () => {
    const fates = new Fates();
    const away = (ms: number): string =>
      fateIn(sceneOf([elsewhere], { now: start + ms, health: health(instant(start)) }), fates);
    away(0);
    fateIn(sceneOf([findingNamed('f1')], { now: start + 200_000 }), fates);
    expect(away(400_000)).toBe('open');
  });
});

describe('what has to stand for a while', () => {
  it('is let through then, at once where it was told before, and anew after it was away', () => {
    const standing = new Standing();
    const told = new Set<string>();
    const through = (ms: number, ...alerts: readonly Alert[]): readonly string[] =>
      standing
        .through(alerts, {
          now: start + ms,
          delay: (about) => (about === 'unknown' ? 60 : 0),
          isTold: (id) => told.has(id),
        })
        .map(({ id }) => id);
    const unknown = alertNamed('u', { about: 'unknown' });
    expect(through(0, unknown, alertNamed('f'))).toEqual(['f']);
    expect(through(60_000, unknown)).toEqual(['u']);
    expect(through(61_000)).toEqual([]);
    expect(through(62_000, unknown)).toEqual([]);
    told.add('u');
    expect(through(63_000, unknown)).toEqual(['u']);
  });
});
