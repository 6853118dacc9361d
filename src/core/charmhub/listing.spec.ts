import { describe, expect, it } from '@jest/globals';
import { asChannelMap } from './as-knowledge.js';
import { withHistory, type CharmListing, type ListedRelease } from './listing.js';

function release(risk: string, revision: number, more: Partial<ListedRelease> = {}): ListedRelease {
  return { track: '3.6', risk, revision, architectures: ['amd64'], bases: ['ubuntu@24.04'], ...more };
}

function listing(askedAt: string, ...releases: readonly ListedRelease[]): CharmListing {
  return { name: 'charmed-etcd', askedAt, listed: true, publisher: 'Canonical', releases, former: [] };
}

describe('an answer of Charmhub', () => {
  const first = listing('2026-11-01T00:00:00Z', release('stable', 10), release('edge', 11));
  const second = listing('2026-11-02T00:00:00Z', release('stable', 12), release('edge', 11));

  it('has no history at first', () => {
    expect(withHistory(undefined, first)).toEqual(first);
  });

  it('keeps what is gone from its channel, with when it was last seen there', () => {
    expect(withHistory(first, second)).toEqual({
      ...second,
      former: [{ ...release('stable', 10), lastSeen: first.askedAt }],
    });
  });

  it('keeps it over later answers, the newest sight of each, until it comes back', () => {
    const third = listing('2026-11-03T00:00:00Z', release('stable', 13), release('edge', 11));
    const kept = withHistory(withHistory(first, second), third);
    expect(kept.former.map(({ revision, lastSeen }) => [revision, lastSeen])).toEqual([
      [12, second.askedAt],
      [10, first.askedAt],
    ]);
    const back = withHistory(kept, listing('2026-11-04T00:00:00Z', release('stable', 10)));
    expect(back.former.map(({ risk, revision }) => `${risk} ${revision}`)).toEqual([
      'stable 13',
      'edge 11',
      'stable 12',
    ]);
    const again = withHistory(back, listing('2026-11-05T00:00:00Z', release('stable', 14)));
    expect(again.former.filter(({ revision }) => revision === 10)).toEqual([
      { ...release('stable', 10), lastSeen: '2026-11-04T00:00:00Z' },
    ]);
  });

  it('forgets what was left long ago', () => {
    const many = Array.from({ length: 250 }, (_, n) => release('stable', n));
    const { former } = withHistory(listing('2026-11-01T00:00:00Z', ...many), second);
    expect([former.length, former[0]?.revision]).toEqual([200, 0]);
  });
});

describe('an answer as the table of channels', () => {
  it('tells tracks, risks, revisions and since when they are out', () => {
    const told = listing(
      '2026-11-02T08:00:00Z',
      release('stable', 12, { releasedAt: '2026-10-02T07:00:00Z', architectures: ['arm64'] }),
      release('stable', 9, { releasedAt: '2026-10-01T07:00:00Z', bases: ['ubuntu@22.04'] }),
      release('edge', 13),
      release('stable', 1, { track: '3.5', releasedAt: '2025-01-01T00:00:00Z' }),
    );
    const map = asChannelMap(told);
    expect(Object.keys(map)).toEqual(['3.5', '3.6']);
    expect(map['3.6']).toEqual({
      standing: 'live',
      asked: '2026-11-02',
      publisher: 'Canonical',
      bases: ['ubuntu@22.04', 'ubuntu@24.04'],
      architectures: ['amd64', 'arm64'],
      releases: {
        stable: { revisions: [9, 12], outBy: '2026-10-02' },
        edge: { revisions: [13], outBy: '2026-11-02' },
      },
      source: 'juju info charmed-etcd',
      date: '2026-11-02',
    });
    expect('publisher' in (asChannelMap({ ...told, publisher: '' })['3.5'] ?? {})).toBe(false);
  });
});
