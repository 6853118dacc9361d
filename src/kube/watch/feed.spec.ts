import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WorldReader } from '../../../test/support/kube-reader.js';
import { KubeWorld } from '../../../test/support/kube-world.js';
import { silentLog } from '../../../test/support/silent.js';
import { virtualClock, type VirtualClock } from '../../simulator/virtual-clock.js';
import { branch, text } from '../raw.js';
import { followDefaults } from '../observe/settings.js';
import { Feed } from './feed.js';
import { Ledger } from './ledger.js';
import { Slots } from './slots.js';

interface Kept {
  readonly name: string;
  readonly value: string;
  readonly version: number;
}

type Picture = Readonly<Record<string, string>>;

interface Bench {
  readonly world: KubeWorld;
  readonly reader: WorldReader;
  readonly clock: VirtualClock;
  readonly feed: Feed;
  /** What the ledger holds at this moment. */
  held(): Picture;
  /** What somebody knows who looks at the ledger whenever he is told, and never else. */
  told(): Picture;
  truth(): Picture;
  /** The versions of each object in the order in which they were told. */
  readonly versions: Map<string, number[]>;
}

function bench(pageSize = 2): Bench {
  const world = new KubeWorld();
  const reader = new WorldReader(world);
  const clock = virtualClock();
  const versions = new Map<string, number[]>();
  const ledger = new Ledger<Kept>({
    strip: (raw) => {
      const metadata = branch(raw, 'metadata');
      const name = text(metadata, 'name') ?? '';
      const version = Number(text(metadata, 'resourceVersion'));
      versions.set(name, [...(versions.get(name) ?? []), version]);
      return { name, value: text(raw, 'value') ?? '', version };
    },
  });
  const held = (): Picture =>
    Object.fromEntries([...ledger.objects('data')].map(([name, { value }]) => [name, value]));
  let told: Picture = {};
  const feed = new Feed({
    reader,
    ledger,
    clock,
    list: { path: '/api/v1/namespaces/data/pods' },
    random: { next: () => 0.5 },
    log: silentLog,
    slots: new Slots(1),
    settings: { ...followDefaults, pageSize, eventLimit: 10_000 },
    onNews: () => {
      told = held();
    },
  });
  const truth = (): Picture =>
    Object.fromEntries(
      world.all({ plural: 'pods' }).map((object) => [object.metadata.name, object['value'] as string]),
    );
  return { world, reader, clock, feed, held, told: () => told, truth, versions };
}

const pod = (name: string) => ({ plural: 'pods', namespace: 'data', name });

type Step = (given: Bench) => unknown;
const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');

const steps: fc.Arbitrary<readonly [string, Step]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(names, fc.nat(99))
      .map(
        ([name, value]) =>
          [
            `${name} becomes ${value}`,
            ({ world }: Bench) => world.put(pod(name), { value: `${value}` }),
          ] as const,
      ),
  },
  {
    weight: 3,
    arbitrary: names.map(
      (name) =>
        [
          `${name} goes`,
          ({ world }: Bench) => {
            world.delete(pod(name));
          },
        ] as const,
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(1, 300, 700, 5000, 61_000, 310_000)
      .map((ms) => [`${ms} ms pass`, ({ clock }: Bench) => clock.advance(ms)] as const),
  },
  ...(
    [
      [
        'history is compacted',
        ({ world }) => {
          world.compact();
        },
      ],
      [
        'the connection drops',
        ({ reader }) => {
          reader.drop();
        },
      ],
      [
        'the watch ends',
        ({ reader }) => {
          reader.end();
        },
      ],
      [
        'a proxy talks nonsense',
        ({ reader }) => {
          reader.garble();
        },
      ],
      [
        'a bookmark comes',
        ({ reader }) => {
          reader.bookmark();
        },
      ],
      ['the server goes down', ({ reader }) => (reader.troubles.down = true)],
      ['the server comes up', ({ reader }) => (reader.troubles.down = false)],
      ['the watch falls silent', ({ reader }) => (reader.troubles.silent = true)],
      [
        'a list will be compacted between two pages',
        ({ reader }) => (reader.troubles.compactWithinList = true),
      ],
      [
        'a relist is asked for',
        ({ feed }) => {
          feed.relist();
        },
      ],
    ] satisfies readonly (readonly [string, Step])[]
  ).map((step) => fc.constant(step)),
);

describe('a list and watch', () => {
  it('ends at the truth and tells every change on the way, whatever happens between it and the server', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 40 }), async (history) => {
        const given = bench();
        given.feed.start();
        for (const [, step] of history) {
          await step(given);
          await given.clock.advance(0);
          expect(given.told()).toEqual(given.held());
        }
        Object.assign(given.reader.troubles, { down: false, silent: false });
        // What a silent watch left out is found by the watchdog; everything else must not need it.
        const wasSilent = history.some(([name]) => name === 'the watch falls silent');
        await given.clock.advance(wasSilent ? 700_000 : 80_000);
        expect(given.held()).toEqual(given.truth());
        expect(given.told()).toEqual(given.truth());
        for (const seen of given.versions.values()) expect(seen).toEqual([...seen].sort((a, b) => a - b));
        await given.feed.close();
      }),
      { numRuns: 400 },
    );
  });

  it('tells each change that the watch tells, one by one', async () => {
    const given = bench();
    given.feed.start();
    await given.clock.advance(1);
    for (let value = 0; value < 50; value += 1) {
      given.world.put(pod('a'), { value: `${value}` });
      await given.clock.advance(1);
      expect(given.told()).toEqual({ a: `${value}` });
    }
    expect(given.versions.get('a')).toHaveLength(50);
    expect(given.feed.standing).toMatchObject({ lists: 1, reconnects: 0, changes: 50 });
    await given.feed.close();
  });

  it('relists after five minutes without a word, and says so; bookmarks are words', async () => {
    const given = bench();
    given.feed.start();
    for (let minute = 0; minute < 20; minute += 1) {
      await given.clock.advance(60_000);
      given.reader.bookmark();
    }
    expect(given.feed.standing).toMatchObject({ lists: 1, silences: 0 });
    given.reader.troubles.silent = true;
    given.world.put(pod('a'), { value: 'missed by the watch' });
    await given.clock.advance(299_000);
    expect(given.held()).toEqual({});
    await given.clock.advance(2000);
    expect(given.held()).toEqual({ a: 'missed by the watch' });
    expect(given.feed.standing).toMatchObject({ lists: 2, silences: 1, changes: 1 });
    await given.feed.close();
  });

  it('takes a watch that ends in order for a sign of life, and reads the list anew every half an hour', async () => {
    const given = bench();
    given.feed.start();
    for (let watch = 0; watch < 8; watch += 1) {
      await given.clock.advance(200_000);
      given.reader.end();
    }
    await given.clock.advance(1);
    expect(given.feed.standing).toMatchObject({ lists: 1, silences: 0, reconnects: 8 });
    expect(given.clock.now() - (given.feed.standing.lastHeard ?? 0)).toBeLessThan(10);
    await given.clock.advance(210_000);
    given.reader.end();
    await given.clock.advance(1);
    expect(given.feed.standing).toMatchObject({ lists: 2, silences: 0 });
    await given.feed.close();
  });

  it('begins a list anew in one piece when its version grows too old between two pages', async () => {
    const given = bench(2);
    for (const name of ['a', 'b', 'c', 'd', 'e']) given.world.put(pod(name), { value: name });
    given.reader.troubles.compactWithinList = true;
    given.feed.start();
    await given.clock.advance(1);
    expect(Object.keys(given.held())).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(given.feed.standing).toMatchObject({ lists: 1, changes: 5 });
    await given.feed.close();
  });

  it('does not call a change what leaves all that is kept as it was', () => {
    const { world } = bench();
    const ledger = new Ledger<object>({ strip: (raw) => ({ value: raw['value'] }) });
    const first = world.put(pod('a'), { value: 'same', heartbeat: 1 });
    const second = world.put(pod('a'), { value: 'same', heartbeat: 2 });
    expect(ledger.put(first)).toBe('data');
    const [before] = [...ledger.objects('data')];
    expect(ledger.put(second)).toBeUndefined();
    expect([...ledger.objects('data')][0]?.[1]).toBe(before?.[1]);
  });
});
