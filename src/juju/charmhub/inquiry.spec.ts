import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { listing, listingFact, release } from '../../../test/support/charmhub.js';
import { eventually } from '../../../test/support/juju-server.js';
import { application, model, prod } from '../../../test/support/world.js';
import { silentLog } from '../../../test/support/silent.js';
import { virtualClock } from '../../simulator/virtual-clock.js';
import type { CharmListing } from '../../core/charmhub/listing.js';
import { isKnown, unknown, type Fact } from '../../core/fact.js';
import { charmhubDefaults } from '../../core/policy/charmhub.js';
import { observeOnly } from '../../core/policy/policy.js';
import type { Charmhub, Log } from '../../core/ports/index.js';
import { instant } from '../../core/time.js';
import { withListings } from './ask-once.js';
import { Inquiry } from './inquiry.js';
import { Listings } from './listings.js';
import { listingShelf } from './shelf.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-charmhub-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const day = 86_400_000;

/** A store that can be closed, and notes who asks it how; the first answer waits until so many have asked. */
function store(clock: { now: () => number }, together = 1) {
  const seen = { asked: [] as string[], most: 0, open: true, revision: 190 };
  const { promise: enough, resolve } = Promise.withResolvers<undefined>();
  let running = 0;
  const charmhub: Charmhub = {
    ask: async (charm) => {
      seen.asked.push(charm);
      running += 1;
      seen.most = Math.max(seen.most, running);
      if (seen.asked.length >= together) resolve(undefined);
      await enough;
      running -= 1;
      const at = instant(clock.now());
      const answer = listing(charm, { askedAt: at, releases: [release(seen.revision)] });
      return seen.open
        ? listingFact(answer)
        : unknown({ source: { road: 'charmhub', call: charm }, at }, 'no route');
    },
  };
  return { seen, charmhub };
}

function inquiry(clock: { now: () => number }, charmhub: Charmhub): Inquiry {
  return new Inquiry({ charmhub, shelf: listingShelf(folder), clock, every: () => 86_400, atOnce: () => 2 });
}

async function answersOf(asking: Inquiry, charms: readonly string[]) {
  const found = new Map<string, Fact<CharmListing>>();
  await asking.round(charms, (charm, fact) => found.set(charm, fact));
  return found;
}

const charms = ['a', 'b', 'c', 'd', 'e'];

describe('a round of questions', () => {
  it('asks about each charm once, a few at a time', async () => {
    const clock = virtualClock();
    const { seen, charmhub } = store(clock, 2);
    const found = await answersOf(inquiry(clock, charmhub), charms);
    expect([...seen.asked].sort()).toEqual(charms);
    expect(seen.most).toBe(2);
    expect([...found.values()].every(isKnown)).toBe(true);
  });

  it('asks again only once the answer is too old, in another process, too', async () => {
    const clock = virtualClock();
    const { seen, charmhub } = store(clock);
    await answersOf(inquiry(clock, charmhub), ['a']);
    await clock.advance(day - 1000);
    await answersOf(inquiry(clock, charmhub), ['a']);
    expect(seen.asked).toEqual(['a']);
    await clock.advance(1000);
    await answersOf(inquiry(clock, charmhub), ['a']);
    expect(seen.asked).toEqual(['a', 'a']);
  });

  it('remembers what a channel held before', async () => {
    const clock = virtualClock();
    const { seen, charmhub } = store(clock);
    await answersOf(inquiry(clock, charmhub), ['a']);
    const before = instant(clock.now());
    seen.revision = 200;
    await clock.advance(2 * day);
    const fact = (await answersOf(inquiry(clock, charmhub), ['a'])).get('a');
    expect(fact).toMatchObject({
      value: { releases: [{ revision: 200 }], former: [{ revision: 190, lastSeen: before }] },
    });
  });

  it('gives up where nothing is answered, and says so of each charm', async () => {
    const clock = virtualClock();
    const { seen, charmhub } = store(clock);
    seen.open = false;
    const found = await answersOf(inquiry(clock, charmhub), charms);
    expect(seen.asked.length).toBeLessThanOrEqual(3);
    expect([...found.values()].filter(isKnown)).toEqual([]);
    expect(found.size).toBe(charms.length);
  });

  it('goes on with an older answer where there is no new one', async () => {
    const clock = virtualClock();
    const { seen, charmhub } = store(clock);
    await answersOf(inquiry(clock, charmhub), ['a']);
    const first = instant(clock.now());
    seen.open = false;
    await clock.advance(5 * day);
    const fact = (await answersOf(inquiry(clock, charmhub), ['a'])).get('a');
    expect(fact).toMatchObject({ value: { askedAt: first } });
  });
});

describe('kept answers', () => {
  test.each<[string, string]>([
    ['broken', '{"kind"'],
    ['of another charm', JSON.stringify({ version: 'v1', fact: listingFact(listing('b')) })],
    ['of another shape', JSON.stringify({ version: 'v1', fact: { value: { name: 'a' }, at: 'now' } })],
    [
      'with a release of another shape',
      JSON.stringify({ version: 'v1', fact: listingFact(listing('a', { releases: [null as never] })) }),
    ],
  ])('that are %s are as good as none', async (_, content) => {
    writeFileSync(join(folder, 'a.json'), content);
    expect(await listingShelf(folder).read('a')).toBeUndefined();
  });

  it('are for their owner only', async () => {
    await listingShelf(join(folder, 'deep')).write('a', listingFact(listing('a')));
    expect(readdirSync(join(folder, 'deep'))).toEqual(['a.json']);
    expect(statSync(join(folder, 'deep/a.json')).mode & 0o777).toBe(0o600);
    expect(await listingShelf(join(folder, 'deep')).read('a')).toEqual(listingFact(listing('a')));
  });

  it('are never written for what is no name of a charm', async () => {
    await listingShelf(folder).write('../a', listingFact(listing('../a')));
    expect(readdirSync(folder)).toEqual([]);
  });
});

const world = prod({
  models: {
    data: model({
      applications: {
        etcd: application({ charm: { name: 'charmed-etcd' } }),
        own: application({ charm: { name: 'own', origin: 'local' } }),
      },
    }),
  },
});

describe('following an estate', () => {
  const policy = { ...observeOnly, charmhub: charmhubDefaults };
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));
  const controllers = Object.values(world.controllers);

  function followed() {
    const clock = virtualClock();
    const { seen, charmhub } = store(clock);
    const troubles: unknown[] = [];
    const log: Log = { ...silentLog, warn: (trouble) => troubles.push(trouble), child: () => log };
    const listings = new Listings({ charmhub, shelf: listingShelf(folder), clock, log });
    const news: string[] = [];
    listings.onNews((models) => news.push(...models.map(({ name }) => name)));
    return { clock, seen, listings, news, troubles, shown: () => listings.listed(controllers, clock.now()) };
  }

  it('nobody is asked where the policy says nothing, or offline', async () => {
    const { listings, seen, shown } = followed();
    expect(shown()).toBeUndefined();
    listings.adopt({ ...policy, charmhub: { ...charmhubDefaults, mode: 'offline' } });
    expect(shown()).toBeUndefined();
    await settled();
    expect(seen.asked).toEqual([]);
  });

  it('only charms of Charmhub are asked about, and those who run them hear of it', async () => {
    const { listings, seen, shown, news } = followed();
    listings.adopt(policy);
    expect(shown()).toEqual({});
    await eventually('the news', () => news.length > 0);
    expect(seen.asked).toEqual(['charmed-etcd']);
    expect(news).toEqual(['data']);
    expect(Object.keys(shown() ?? {})).toEqual(['charmed-etcd']);
  });

  it('what did not change keeps its identity', async () => {
    const { listings, shown, news } = followed();
    listings.adopt(policy);
    shown();
    await eventually('the news', () => news.length > 0);
    expect(shown()).toBe(shown());
    expect(shown()).toHaveProperty('charmed-etcd');
  });

  it('an answer that was not had is asked for again an hour later, not before', async () => {
    const { clock, listings, seen, shown, troubles } = followed();
    listings.adopt(policy);
    seen.open = false;
    for (const [after, asked] of [
      [0, 1],
      [3_599_000, 1],
      [1000, 2],
    ] as const) {
      await clock.advance(after);
      shown();
      await eventually('the trouble', () => troubles.length >= asked);
      await settled();
      expect(seen.asked).toHaveLength(asked);
    }
  });

  it('ends with the daemon', async () => {
    const { listings, seen, shown } = followed();
    listings.adopt(policy);
    await listings.stop();
    shown();
    await settled();
    expect(seen.asked).toEqual([]);
  });
});

describe('one look', () => {
  it('asks where the policy says so, and tells what was not answered', async () => {
    const clock = virtualClock();
    const { seen, charmhub } = store(clock);
    const said: string[] = [];
    const about = {
      charmhub,
      shelf: listingShelf(folder),
      clock,
      progress: (line: string) => said.push(line),
    };
    expect(await withListings(world, { ...about, policy: undefined })).toBe(world);
    seen.open = false;
    const { charmhub: found } = await withListings(world, { ...about, policy: charmhubDefaults });
    expect(Object.keys(found ?? {})).toEqual(['charmed-etcd']);
    expect(said).toEqual(['asking Charmhub about 1 charm', 'no route']);
  });
});
