import { describe, expect, it, test } from '@jest/globals';
import { allCurrent, listing, withCharmhub } from '../../../test/support/charmhub.js';
import { knowledge, type Judging } from '../../../test/support/judge.js';
import { commands, messages, undoings, verdicts } from '../../../test/support/verdicts.js';
import {
  application,
  judge,
  model,
  prod,
  takenAt,
  unknownFact,
  type ApplicationSpec,
  type ModelSpec,
} from '../../../test/support/world.js';
import { unknown } from '../../core/fact.js';
import type { Knowledge } from '../../core/knowledge.js';
import type { Snapshot } from '../../core/snapshot.js';
import { currentCharm, retiredCharm, stableChannel } from './app-charm.js';
import { listedCharm } from './listed-charm.js';
import { neededTrust } from './app-trust.js';

const app = (spec: ApplicationSpec, more: ModelSpec = {}) =>
  prod({ models: { data: model({ ...more, applications: { app: application(spec) } }) } });
const unread = unknownFact('no rights', 'model read');

describe('JUJU-APP-01 trust', () => {
  test.each([
    ['no trust passes', app({}), {}, 'pass AsRequired'],
    [
      'trust that the charm needs passes',
      app({ trust: true, charm: { name: 'postgresql-k8s' } }),
      {},
      'pass AsRequired',
    ],
    [
      'trust that it does not need fails',
      app({ trust: true, charm: { name: 'charmed-etcd' } }),
      {},
      'fail TrustNotNeeded',
    ],
    [
      'a charm that the policy allows passes',
      app({ trust: true, charm: { name: 'mine' } }),
      { allowed: ['mine'] },
      'pass AsRequired',
    ],
    [
      'an application that the policy allows passes',
      app({ trust: true, charm: { name: 'mine' } }),
      { allowed: ['app'] },
      'pass AsRequired',
    ],
    [
      'a charm that is not shown is not known to need it',
      app({ trust: true, charm: unread }),
      {},
      'fail TrustNotNeeded',
    ],
    ['trust that was not read is unknown', app({ trust: unread }), {}, 'unknown PermissionMissing'],
  ])('%s', (_, snapshot, params, expected) => {
    expect(verdicts(judge(neededTrust, snapshot, { params }))).toEqual([expected]);
  });

  test.each([
    ['on machines', {}, 'trust -m prod:admin/data app --remove', 'trust -m prod:admin/data app'],
    [
      'on Kubernetes',
      { type: 'caas' },
      'trust -m prod:admin/data app --remove --scope=cluster',
      'trust -m prod:admin/data app --scope=cluster',
    ],
  ] as const)('takes trust away %s, and gives it back to undo', (_, spec, command, undo) => {
    const findings = judge(neededTrust, app({ trust: true }, spec));
    expect(commands(findings)).toEqual([command]);
    expect(undoings(findings)).toEqual([undo]);
    expect(findings[0]!.remedies[0]!.preconditions).toEqual([
      { type: 'application-present', application: 'app' },
    ]);
  });

  it('proposes nothing where the kind of model is not known', () => {
    expect(commands(judge(neededTrust, app({ trust: true }, { info: unknownFact('file') })))).toEqual([]);
  });
});

describe('JUJU-APP-03 channels', () => {
  test.each([
    ['stable passes', app({ charm: { track: '3.6' } }), {}, 'pass AsRequired'],
    ['edge fails', app({ charm: { track: '3.6', risk: 'edge' } }), {}, 'fail ChannelNotStable'],
    [
      'a declared risk passes',
      app({ charm: { risk: 'candidate' } }),
      { risks: ['stable', 'candidate'] },
      'pass AsRequired',
    ],
    [
      'a charm from a file needs somebody to answer for it',
      app({ charm: { origin: 'local' } }),
      {},
      'manual LocalCharm',
    ],
    ['the charm store is closed', app({ charm: { origin: 'charmstore' } }), {}, 'fail CharmStore'],
    ['a charm that was not read is unknown', app({ charm: unread }), {}, 'unknown PermissionMissing'],
  ])('%s', (_, snapshot, params, expected) => {
    expect(verdicts(judge(stableChannel, snapshot, { params }))).toEqual([expected]);
  });

  it('is unknown where the channel is not shown', () => {
    const charm = {
      value: { name: 'x', origin: 'charmhub', subordinateTo: [] },
      source: { road: 'bundle', call: 'b' },
      at: '2026-11-22T06:00:00Z',
    } as const;
    expect(verdicts(judge(stableChannel, app({ charm })))).toEqual(['unknown ChannelNotShown']);
  });
});

describe('JUJU-APP-04 refreshes', () => {
  const pending = { to: 'ch:amd64/jammy/app-364' };

  test.each([
    [
      'a newer revision known for long fails',
      app({ upgrade: pending }),
      '2027-01-01T00:00:00Z',
      'fail CharmBehindTooLong',
    ],
    [
      'one known since today leaves its age open',
      app({ upgrade: pending }),
      '2026-11-23T00:00:00Z',
      'unknown ReleaseDateNotSeen',
    ],
    ['none named proves nothing', app({}), '2026-11-23T00:00:00Z', 'unknown NothingOffered'],
    ['Charmhub settles it', allCurrent(app({})), '2026-11-23T00:00:00Z', 'pass AsRequired'],
    [
      'a track without releases fails from the day on which they ended',
      app({ charm: { name: 's3-integrator', track: 'latest' } }),
      '2026-11-01T00:00:00Z',
      'fail TrackUnmaintained',
    ],
    [
      'before that day it settles nothing',
      app({ charm: { name: 's3-integrator', track: 'latest' } }),
      '2026-10-31T23:59:59Z',
      'unknown NothingOffered',
    ],
    [
      'the track latest is the same without its name',
      app({ charm: { name: 's3-integrator' } }),
      '2026-11-23T00:00:00Z',
      'fail TrackUnmaintained',
    ],
    [
      'its charm from a file follows no track',
      app({ charm: { name: 's3-integrator', origin: 'local' } }),
      '2026-11-23T00:00:00Z',
      'unknown LocalCharm',
    ],
    [
      'a charm from a file is offered nothing',
      app({ charm: { origin: 'local' } }),
      '2026-11-23T00:00:00Z',
      'unknown LocalCharm',
    ],
    [
      'what was not read is unknown',
      app({ upgrade: unread }),
      '2026-11-23T00:00:00Z',
      'unknown PermissionMissing',
    ],
  ])('%s', (_, snapshot, asOf, expected) => {
    expect(verdicts(judge(currentCharm, snapshot, { asOf }))).toEqual([expected]);
  });
});

describe('JUJU-APP-06 retired charms', () => {
  test.each([
    ['a maintained charm passes', { name: 'charmed-etcd' }, '2026-11-22T06:00:00Z', 'pass AsRequired'],
    [
      'a retired one fails',
      { name: 'tls-certificates-operator' },
      '2026-11-22T06:00:00Z',
      'fail RetiredCharm',
    ],
    [
      'one that will be retired passes until then',
      { name: 'grafana-agent' },
      '2026-11-22T06:00:00Z',
      'pass AsRequired',
    ],
    ['and fails from then on', { name: 'grafana-agent' }, '2027-01-01T00:00:00Z', 'fail RetiredCharm'],
    [
      'one retired on newer bases passes on an old one',
      { name: 'ubuntu-advantage', base: 'ubuntu@22.04' },
      '2026-11-22T06:00:00Z',
      'pass AsRequired',
    ],
    [
      'and fails on a new one',
      { name: 'ubuntu-advantage', base: 'ubuntu@24.04' },
      '2026-11-22T06:00:00Z',
      'fail RetiredCharm',
    ],
    [
      'a charm named like a property of objects is no entry',
      { name: 'constructor' },
      '2026-11-22T06:00:00Z',
      'pass AsRequired',
    ],
  ])('%s', (_, charm, asOf, expected) => {
    expect(verdicts(judge(retiredCharm, app({ charm }), { asOf }))).toEqual([expected]);
  });

  it('names what takes its place', () => {
    expect(
      messages(
        judge(retiredCharm, app({ charm: { name: 'grafana-agent' } }), { asOf: '2027-01-01T00:00:00Z' }),
      ),
    ).toContain('use opentelemetry-collector');
  });

  it('is unknown where the charm was not read', () => {
    expect(verdicts(judge(retiredCharm, app({ charm: unread })))).toEqual(['unknown PermissionMissing']);
  });
});

describe('JUJU-APP-07 publishers', () => {
  const charm = { name: 'charmed-etcd' };
  const own = (spec: ApplicationSpec, answer: Parameters<typeof withCharmhub>[1][string]) =>
    withCharmhub(app(spec), { 'charmed-etcd': answer });
  const brought = (publisher: string, asked: string): Knowledge => {
    const track = { standing: 'live', bases: [], architectures: [], releases: {} } as const;
    const own = { ...track, publisher, asked, date: asked, source: 'juju info charmed-etcd' };
    return { ...knowledge, channelMaps: { 'charmed-etcd': { '3.6': own } } };
  };
  const silent = unknown({ source: { road: 'charmhub', call: 'info' }, at: takenAt }, 'no route');

  test.each<[string, Snapshot, Judging, string]>([
    ['only Charmhub tells', app({}), {}, 'unknown PublisherNotSeen'],
    ['a charm from a file has none', app({ charm: { origin: 'local' } }), {}, 'manual LocalCharm'],
    ['the closed store is none', app({ charm: { origin: 'charmstore' } }), {}, 'fail CharmStore'],
    ['a charm that was not read is unknown', app({ charm: unread }), {}, 'unknown PermissionMissing'],
    ['one of a known publisher passes', own({ charm }, listing('charmed-etcd')), {}, 'pass AsRequired'],
    [
      'one of anybody else fails',
      own({ charm }, listing('charmed-etcd', { publisher: 'Somebody' })),
      {},
      'fail PublisherNotDeclared',
    ],
    [
      'unless the policy names him',
      own({ charm }, listing('charmed-etcd', { publisher: 'Somebody' })),
      { params: { publishers: ['Somebody'] } },
      'pass AsRequired',
    ],
    [
      'one whom Charmhub does not know fails',
      own({ charm }, listing('charmed-etcd', { listed: false, publisher: '' })),
      {},
      'fail NotOnCharmhub',
    ],
    ['an answer that could not be had is unknown', own({ charm }, silent), {}, 'unknown CharmhubNotReached'],
    [
      'data stand in for it',
      own({ charm }, silent),
      { knowledge: brought('Canonical', '2026-11-01') },
      'pass AsRequired',
    ],
    [
      'as long as they are not too old',
      app({ charm }),
      { knowledge: brought('Canonical', '2026-01-01') },
      'unknown KnowledgeStale',
    ],
    [
      'an old answer passes no more',
      own({ charm }, listing('charmed-etcd')),
      { asOf: '2027-06-01T00:00:00Z' },
      'unknown KnowledgeStale',
    ],
  ])('%s', (_, snapshot, judging, expected) => {
    expect(verdicts(judge(listedCharm, snapshot, judging))).toEqual([expected]);
  });
});
