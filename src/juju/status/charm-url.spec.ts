import { describe, expect, test } from '@jest/globals';
import { baseOf, baseOfSeries } from './base.js';
import { parseCharm } from './charm-url.js';

describe('parseCharm', () => {
  test.each([
    [
      'a full Charmhub URL with architecture and series',
      'ch:amd64/jammy/kafka-127',
      { name: 'kafka', revision: 127, origin: 'charmhub' },
    ],
    [
      'a Charmhub URL without series',
      'ch:amd64/postgresql-k8s-20',
      { name: 'postgresql-k8s', revision: 20, origin: 'charmhub' },
    ],
    ['a local charm', 'local:charmed-etcd-1', { name: 'charmed-etcd', revision: 1, origin: 'local' }],
    ['a local charm with series', 'local:focal/etcd-0', { name: 'etcd', revision: 0, origin: 'local' }],
    [
      'a charm store URL with its owner',
      'cs:~owner/focal/easyrsa-441',
      { name: 'easyrsa', revision: 441, origin: 'charmstore' },
    ],
    ['a plain name', 'pgbouncer-k8s', { name: 'pgbouncer-k8s' }],
    ['a name that ends in letters and digits', 'ch:tls-v2', { name: 'tls-v2', origin: 'charmhub' }],
    ['a name whose revision would be no safe number', `x-${'9'.repeat(40)}`, { name: `x-${'9'.repeat(40)}` }],
    ['nothing at all', '', { name: '' }],
  ])('reads %s', (_, url, expected) => {
    expect(parseCharm(url)).toEqual({ ...expected, subordinateTo: [] });
  });

  test.each([
    ['a track and a risk', '14/stable', { track: '14', risk: 'stable' }],
    ['a risk alone, which means the track latest', 'edge', { track: 'latest', risk: 'edge' }],
    ['a branch, which is left to the shown channel', '3/stable/hotfix', { track: '3', risk: 'stable' }],
    ['a track alone, which means stable', '16', { track: '16', risk: 'stable' }],
  ])('splits a channel of %s', (_, channel, expected) => {
    expect(parseCharm('kafka', { channel })).toEqual({
      name: 'kafka',
      channel,
      ...expected,
      subordinateTo: [],
    });
  });

  test('what the road tells beside the URL wins over the URL', () => {
    const hints = {
      origin: 'charmhub',
      name: 'kafka',
      revision: 130,
      base: 'ubuntu@22.04',
      subordinateTo: ['etcd'],
    };
    expect(parseCharm('local:other-1', hints)).toEqual({ ...hints });
  });

  test('a channel or base that is empty is not told', () => {
    expect(parseCharm('local:etcd-0', { channel: '', base: '', origin: 'nonsense' })).toEqual({
      name: 'etcd',
      revision: 0,
      origin: 'local',
      subordinateTo: [],
    });
  });
});

describe('baseOf', () => {
  test('leaves out the risk of the channel', () => {
    expect(baseOf('ubuntu', '24.04/stable')).toBe('ubuntu@24.04');
  });

  test('tells nothing when half of it is missing', () => {
    expect(baseOf('ubuntu', '')).toBeUndefined();
  });

  test.each([
    ['jammy', 'ubuntu@22.04'],
    ['noble', 'ubuntu@24.04'],
    ['constructor', 'constructor'],
  ])('turns the series %s into %s', (series, base) => {
    expect(baseOfSeries(series)).toBe(base);
  });
});
