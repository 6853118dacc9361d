import { describe, expect, it, test } from '@jest/globals';
import { listing, listingFact, release, withCharmhub } from '../../../test/support/charmhub.js';
import { etcdWorld, findingOn, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import { knowledge } from '../../../test/support/judge.js';
import type { CharmListing } from '../../core/charmhub/listing.js';
import { unknown, type Fact } from '../../core/fact.js';
import type { Knowledge } from '../../core/knowledge.js';
import { charmedEtcd } from './index.js';

describe('ETCD-UPG-01 by what Charmhub says', () => {
  const running = (revision: number, more: NonNullable<EtcdWorld['etcd']> = {}) =>
    etcdWorld({ etcd: { charm: { name: 'charmed-etcd', track: '3.6', revision }, ...more } });
  const says = (
    revision: number,
    answer: Partial<CharmListing> | Fact<CharmListing>,
    asOf = '2026-11-22T06:00:00Z',
  ) => {
    const given = 'source' in answer ? answer : listing('charmed-etcd', answer);
    const world = withCharmhub(running(revision), { 'charmed-etcd': given });
    return saysOn(charmedEtcd, 'ETCD-UPG-01', world, { asOf });
  };
  const arm = { architectures: ['arm64'] };
  const long = { releasedAt: '2026-10-01T00:00:00Z' };
  const former = (revision: number, lastSeen: string, more = {}) => ({
    ...release(revision, more),
    lastSeen,
  });

  test.each<[string, string, number, Partial<CharmListing>]>([
    ['what the channel holds is current', 'pass AsRequired', 190, { releases: [release(190)] }],
    [
      'of two architectures either is',
      'pass AsRequired',
      191,
      { releases: [release(190), release(191, arm)] },
    ],
    [
      'an older one fails once a newer one is out for too long',
      'fail CharmBehindTooLong',
      189,
      { releases: [release(190, long)] },
    ],
    [
      'a newer one that came last week does not tell since when it is behind',
      'unknown ReleaseDateNotSeen',
      189,
      { releases: [release(190)] },
    ],
    [
      'releases before the newest one tell it',
      'fail CharmBehindTooLong',
      189,
      { releases: [release(192)], former: [former(190, '2026-11-10T00:00:00Z', long)] },
    ],
    [
      'what was the newest a week ago is not behind for long',
      'pass AsRequired',
      190,
      { releases: [release(192)], former: [former(190, '2026-11-14T00:00:00Z')] },
    ],
    [
      'what was it two months ago may be',
      'unknown ReleaseDateNotSeen',
      190,
      { releases: [release(192)], former: [former(190, '2026-09-20T00:00:00Z')] },
    ],
    [
      'a release of another architecture alone blames nobody',
      'manual RevisionNotInChannel',
      190,
      { releases: [release(189), release(191, { ...arm, ...long })] },
    ],
    [
      'what is newer than the channel was taken from elsewhere, or withdrawn',
      'manual RevisionNotInChannel',
      195,
      { releases: [release(190)] },
    ],
    [
      'what was newer and is withdrawn leaves nothing to refresh to',
      'manual RevisionNotInChannel',
      190,
      { releases: [release(185)], former: [former(195, '2026-11-01T00:00:00Z', long)] },
    ],
    [
      'another track says nothing of it',
      'unknown ChannelNotListed',
      190,
      { releases: [release(190, { track: '3.5' })] },
    ],
    [
      'nor does another base',
      'unknown ChannelNotListed',
      190,
      { releases: [release(190, { bases: ['ubuntu@26.04'] })] },
    ],
    ['a charm that Charmhub does not know is unknown', 'unknown NotOnCharmhub', 190, { listed: false }],
  ])('%s', (_, expected, revision, answer) => {
    expect(says(revision, answer)).toBe(expected);
  });

  test.each([
    ['a charm from a file', { name: 'charmed-etcd', track: '3.6', revision: 190, origin: 'local' }],
    ['a charm whose revision is not shown', { name: 'charmed-etcd', track: '3.6', revision: undefined }],
  ] as const)('%s is not judged by it', (_, charm) => {
    const world = withCharmhub(etcdWorld({ etcd: { charm: charm as object } }), {
      'charmed-etcd': listing('charmed-etcd', { releases: [release(190)] }),
    });
    expect(saysOn(charmedEtcd, 'ETCD-UPG-01', world)).not.toBe('pass AsRequired');
  });

  test.each([
    ['the safest one, too', 'stable', 'pass AsRequired'],
    ['and never a riskier one', 'edge', 'unknown ChannelNotListed'],
  ])('a closed channel gives what the next safer one holds: %s', (_, risk, expected) => {
    const charm = { name: 'charmed-etcd', track: '3.6', risk: 'beta', revision: 190 };
    const world = withCharmhub(etcdWorld({ etcd: { charm } }), {
      'charmed-etcd': listing('charmed-etcd', { releases: [release(190, { risk })] }),
    });
    expect(saysOn(charmedEtcd, 'ETCD-UPG-01', world)).toBe(expected);
  });

  it('a closed channel gives what the next safer one holds', () => {
    const charm = { name: 'charmed-etcd', track: '3.6', risk: 'beta', revision: 190 };
    const world = withCharmhub(etcdWorld({ etcd: { charm } }), {
      'charmed-etcd': listing('charmed-etcd', { releases: [release(190, { risk: 'candidate' })] }),
    });
    expect(saysOn(charmedEtcd, 'ETCD-UPG-01', world)).toBe('pass AsRequired');
  });

  it('an answer passes for as long as the policy lets a charm lag, and no longer', () => {
    const answer = { releases: [release(190)] };
    expect(says(190, answer, '2026-12-21T06:00:00Z')).toBe('pass AsRequired');
    expect(says(190, answer, '2026-12-23T06:00:00Z')).toBe('unknown KnowledgeStale');
  });

  it('a newer one that Juju itself has named for too long fails all the same', () => {
    const world = withCharmhub(running(190, { upgrade: { to: 'ch:amd64/charmed-etcd-192' } }), {
      'charmed-etcd': listing('charmed-etcd', { releases: [release(190)], askedAt: '2026-12-20T00:00:00Z' }),
    });
    const asOf = '2026-12-23T06:00:00Z';
    expect(saysOn(charmedEtcd, 'ETCD-UPG-01', world, { asOf })).toBe('fail CharmBehindTooLong');
  });

  it('an answer that could not be had is unknown, with the reason and the cure', () => {
    const { source, at } = listingFact(listing('charmed-etcd'));
    const silent = unknown({ source, at }, 'Charmhub did not say anything: no route', 'a way to it');
    expect(says(190, silent)).toBe('unknown CharmhubNotReached');
    const world = withCharmhub(running(190), { 'charmed-etcd': silent });
    const { message } = findingOn(charmedEtcd, 'ETCD-UPG-01', world).judgement;
    expect(message).toBe('Charmhub did not say anything: no route; needs a way to it');
  });

  it('says how Charmhub is asked where nobody asked it', () => {
    const { message } = findingOn(charmedEtcd, 'ETCD-UPG-01', running(190)).judgement;
    expect(message).toContain('charmhub: { mode: live }');
  });

  describe('without a way to it, by data that somebody brought along', () => {
    const brought = (asked: string, revisions: readonly number[]): Knowledge => ({
      ...knowledge,
      channelMaps: {
        'charmed-etcd': {
          '3.6': {
            standing: 'live',
            asked,
            bases: ['ubuntu@24.04'],
            architectures: ['amd64', 'arm64'],
            releases: { stable: { revisions, outBy: '2026-11-01' } },
            source: 'juju info charmed-etcd',
            date: asked,
          },
        },
      },
    });
    test.each<[string, string, number, Knowledge]>([
      ['what the channel held last week passes', 'pass AsRequired', 191, brought('2026-11-15', [190, 191])],
      [
        'data from last quarter are too old',
        'unknown KnowledgeStale',
        191,
        brought('2026-08-15', [190, 191]),
      ],
      [
        'an older revision may be behind',
        'unknown ReleaseDateNotSeen',
        180,
        brought('2026-11-15', [190, 191]),
      ],
      [
        'between two architectures nobody can tell',
        'manual RevisionNotInChannel',
        190,
        brought('2026-11-15', [189, 191]),
      ],
    ])('%s', (_, expected, revision, own) => {
      expect(saysOn(charmedEtcd, 'ETCD-UPG-01', running(revision), { knowledge: own })).toBe(expected);
    });

    it('newer data go before an older answer', () => {
      const old = listing('charmed-etcd', { askedAt: '2026-08-01T00:00:00Z', releases: [release(191)] });
      const world = withCharmhub(running(191), { 'charmed-etcd': old });
      const says = (own: Knowledge) => saysOn(charmedEtcd, 'ETCD-UPG-01', world, { knowledge: own });
      expect(says(knowledge)).toBe('unknown KnowledgeStale');
      expect(says(brought('2026-11-15', [190, 191]))).toBe('pass AsRequired');
    });

    it('data of no certain day pass nothing', () => {
      expect(saysOn(charmedEtcd, 'ETCD-UPG-01', running(182))).toBe('unknown NothingOffered');
    });
  });
});

describe('advisories', () => {
  const advisory = {
    severity: 'high',
    summary: 'a made-up one',
    url: 'https://example.com/advisory',
    charm: 'charmed-etcd',
    source: 'a test',
    date: '2026-11-01',
  } as const;
  const knowing = (more: object): Knowledge => ({
    ...knowledge,
    advisories: { 'TEST-2026-1': { ...advisory, ...more } as Knowledge['advisories'][string] },
  });
  const onCharm = knowing({ product: 'charm', ranges: [{ series: '3.6', from: '150', fixed: '190' }] });
  const onWorkload = knowing({ product: 'workload', ranges: [{ series: '3.6', fixed: '3.6.20' }] });
  const unfixed = knowing({ product: 'charm', ranges: [{}] });
  const at = (revision: number, workloadVersion = '3.6.14') =>
    etcdWorld({
      etcd: { charm: { name: 'charmed-etcd', track: '3.6', revision }, status: { workloadVersion } },
    });

  test.each<readonly [string, string, string, ReturnType<typeof at>, Knowledge]>([
    ['a revision within the range fails', 'ETCD-UPG-01', 'fail AdvisoryApplies', at(182), onCharm],
    ['the first fixed one does not', 'ETCD-UPG-01', 'unknown NothingOffered', at(190), onCharm],
    ['nor one before the range', 'ETCD-UPG-01', 'unknown NothingOffered', at(149), onCharm],
    ['without a fix each one fails', 'ETCD-UPG-01', 'fail AdvisoryApplies', at(500), unfixed],
    ['a workload within the range fails', 'ETCD-UPG-03', 'fail AdvisoryApplies', at(190), onWorkload],
    ['a fixed workload passes', 'ETCD-UPG-03', 'pass AsRequired', at(190, '3.6.20'), onWorkload],
    ['the charm is not blamed for it twice', 'ETCD-UPG-01', 'unknown NothingOffered', at(190), onWorkload],
  ])('%s (%s)', (...[, id, expected, world, own]) => {
    expect(saysOn(charmedEtcd, id, world, { knowledge: own, params: { age: '9999d' } })).toBe(expected);
  });

  it('are named with what fixes them and where they are published', () => {
    const { message } = findingOn(charmedEtcd, 'ETCD-UPG-01', at(182), { knowledge: onCharm }).judgement;
    expect(message).toContain('TEST-2026-1 (high, fixed in 190; https://example.com/advisory)');
  });
});
