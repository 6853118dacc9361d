import { describe, expect, it, test } from '@jest/globals';
import type { CliResult } from '../../core/ports/index.js';
import { isKnown } from '../../core/fact.js';
import { charmhubOverJuju } from './over-juju.js';
import { listingFrom } from './read-info.js';

const asked = { name: 'charmed-etcd', at: '2026-11-22T06:00:00Z' };

const revision = {
  track: '3.6',
  risk: 'stable',
  version: '190',
  revision: 190,
  'released-at': '2026-11-15T10:20:30.123456+00:00',
  size: 12,
  architectures: ['amd64'],
  bases: [{ name: 'ubuntu', channel: '24.04' }],
};
const answer = {
  type: 'charm',
  name: 'charmed-etcd',
  publisher: 'Canonical',
  channels: { '3.6': { stable: [revision] } },
};

describe('what juju info prints', () => {
  it('is read as who publishes the charm, and what each channel holds', () => {
    expect(listingFrom(answer, asked)).toEqual({
      name: 'charmed-etcd',
      askedAt: '2026-11-22T06:00:00Z',
      listed: true,
      publisher: 'Canonical',
      releases: [
        {
          track: '3.6',
          risk: 'stable',
          revision: 190,
          releasedAt: '2026-11-15T10:20:30Z',
          architectures: ['amd64'],
          bases: ['ubuntu@24.04'],
        },
      ],
      former: [],
    });
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['another charm', { ...answer, name: 'other' }],
    ['a charm without channels', { ...answer, channels: null }],
  ])('%s is no answer about the charm', (_, value) => {
    expect(listingFrom(value, asked)).toBeUndefined();
  });

  test.each<[string, unknown, number]>([
    ['a channel of another shape holds nothing', { '3.6': { stable: 'much' } }, 0],
    [
      'a revision that is no number is left out',
      { '3.6': { stable: [{ ...revision, revision: '190' }] } },
      0,
    ],
    ['a release without a date is kept', { '3.6': { stable: [{ revision: 3 }] } }, 1],
    ['names beyond all measure are left out', { ['x'.repeat(500)]: { stable: [revision] } }, 0],
  ])('%s', (_, channels, count) => {
    expect(listingFrom({ ...answer, channels }, asked)?.releases).toHaveLength(count);
  });

  it('what a terminal would obey is taken out of names', () => {
    const publisher = 'Evil\u001b[2J\u202e';
    expect(listingFrom({ ...answer, publisher }, asked)?.publisher).toBe('Evil·[2J·');
  });
});

describe('asking through juju', () => {
  const clock = { now: () => Date.UTC(2026, 10, 22, 6) };
  const said = (more: Partial<CliResult>): CliResult => ({
    outcome: 'rejected',
    argv: [],
    timedOut: false,
    stdout: '{}\n',
    stderr: '',
    durationMs: 1,
    summary: 'it failed',
    ...more,
  });
  const ask = (result: CliResult) => {
    const argvs: (readonly string[])[] = [];
    const run = (argv: readonly string[]) => {
      argvs.push(argv);
      return Promise.resolve(result);
    };
    return charmhubOverJuju({ controller: 'charmhub', run }, clock)
      .ask('charmed-etcd')
      .then((fact) => ({ fact, argvs }));
  };

  it('is one call with plain arguments', async () => {
    const { fact, argvs } = await ask(said({ outcome: 'done', stdout: JSON.stringify(answer) }));
    expect(argvs).toEqual([['info', 'charmed-etcd', '--format', 'json']]);
    expect(fact).toMatchObject({ value: { publisher: 'Canonical' }, source: { road: 'charmhub' } });
  });

  it('a charm that Charmhub does not know is an answer', async () => {
    const stderr = 'ERROR No information found for charm or bundle with the name "charmed-etcd"\n';
    const { fact } = await ask(said({ stderr }));
    expect(isKnown(fact) && fact.value.listed).toBe(false);
  });

  test.each<[string, Partial<CliResult>, RegExp]>([
    [
      'no network is unknown, without the long address',
      { summary: 'Get "https://api.charmhub.io/v2/charms/info/x?fields=result": no such host' },
      /^Charmhub did not say anything of charmed-etcd: Get api\.charmhub\.io: no such host$/,
    ],
    ['no answer in time is unknown', { timedOut: true }, /did not answer in time/],
    ['what is no JSON is unknown', { outcome: 'done', stdout: 'hello' }, /no answer of Charmhub/],
    ['an empty answer is unknown', { outcome: 'done', stdout: '{}' }, /no answer of Charmhub/],
  ])('%s', async (_, result, reason) => {
    const { fact } = await ask(said(result));
    expect('unknown' in fact && fact.unknown.reason).toMatch(reason);
  });
});
