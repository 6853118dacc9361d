/** What goes wrong in a run, and what people do, as data: one line each, so that any of them can be left out. */
import type { Chance } from './chance.js';

/** What can go wrong with calls of a kind, in this share of them for a while. */
interface Flaky<Kind extends string, Fault extends string> {
  readonly kind: Kind;
  readonly controller: string;
  readonly fault: Fault;
  readonly rate: number;
  readonly ms: number;
}

export const apiFaults = [
  'drop',
  'hang',
  'delay',
  'duplicate',
  'stale',
  'partial',
  'denied',
  'contention',
] as const;
export const processFaults = [
  'drop',
  'hang',
  'late',
  'delay',
  'duplicate',
  'void',
  'partial',
  'killed',
  'missing',
] as const;

export type Deed =
  | Flaky<'api', (typeof apiFaults)[number]>
  | Flaky<'cli', (typeof processFaults)[number]>
  | Flaky<'probe', 'hang' | 'delay'>
  /** The process of the daemon ends here and now, and is started again after a while. */
  | { readonly kind: 'crash'; readonly down: number }
  | {
      readonly kind: 'crash-at-write';
      readonly nth: number;
      readonly side: 'before' | 'after';
      readonly down: number;
    }
  /** The daemon is told to stop, and started again. */
  | { readonly kind: 'restart'; readonly down: number }
  | { readonly kind: 'clock-jump'; readonly by: number }
  | { readonly kind: 'disk-full'; readonly ms: number }
  | { readonly kind: 'slow-disk'; readonly ms: number }
  | {
      readonly kind: 'permission-lost';
      readonly controller: string;
      readonly who: 'observer' | 'auditor' | 'remediator';
      readonly ms: number;
    }
  | {
      readonly kind: 'upgrade';
      readonly controller: string;
      readonly refuses: 'calls' | 'logins';
      readonly ms: number;
    }
  | { readonly kind: 'migration'; readonly controller: string; readonly ms: number }
  /** A second administrator does something, and then something more. */
  | { readonly kind: 'administrator'; readonly controller: string; readonly times: number }
  /** Another operator undoes what we do, again and again. */
  | { readonly kind: 'fight'; readonly controller: string; readonly every: number; readonly ms: number }
  /** Somebody with a say in it decides something. */
  | { readonly kind: 'person' }
  | { readonly kind: 'new-policy' };

export interface Incident {
  /** Its place in the whole list; its own chance follows from it. */
  readonly id: number;
  /** Milliseconds after the start. */
  readonly at: number;
  readonly deed: Deed;
}

const minute = 60_000;

/** `hours` of trouble on these controllers. */
export function incidentsOf(
  chance: Chance,
  controllers: readonly string[],
  hours: number,
): readonly Incident[] {
  const count = chance.whole(4, 10 + Math.round(hours * 4));
  const incidents = Array.from({ length: count }, (_, id) => {
    const own = chance.fork(`incident ${id}`);
    // The first minutes are the busiest: everything is to be put right at once.
    const end = own.happens(0.3) ? 4 : hours * 60;
    return { id, at: Math.round(own.between(0, end) * minute), deed: deedOf(own, controllers) };
  });
  return incidents.sort((a, b) => a.at - b.at || a.id - b.id);
}

type Maker = (chance: Chance, controllers: readonly string[]) => Deed;

/** With how often each comes, compared with the others. */
const makers: readonly (readonly [number, Maker])[] = [
  [5, (c, all) => ({ ...flaky(c, all), kind: 'api', fault: c.pick(apiFaults) })],
  [10, (c, all) => ({ ...flaky(c, all), kind: 'cli', fault: c.pick(processFaults), rate: c.pick([0.5, 1]) })],
  [1, (c, all) => ({ ...flaky(c, all), kind: 'probe', fault: c.pick(['hang', 'delay'] as const) })],
  [2, (c) => ({ kind: 'crash', down: c.between(1000, 5 * minute) })],
  [
    4,
    (c) => ({
      kind: 'crash-at-write',
      nth: c.whole(1, 12),
      side: c.pick(['before', 'after'] as const),
      down: c.between(1000, 5 * minute),
    }),
  ],
  [1, (c) => ({ kind: 'restart', down: c.between(1000, 2 * minute) })],
  [2, (c) => ({ kind: 'clock-jump', by: jump(c) })],
  [1, (c) => ({ kind: 'disk-full', ms: c.between(1, 30) * minute })],
  [1, (c) => ({ kind: 'slow-disk', ms: c.between(1, 30) * minute })],
  [
    2,
    (c, all) => ({
      kind: 'permission-lost',
      controller: c.pick(all),
      who: c.pick(['observer', 'auditor', 'remediator'] as const),
      ms: c.between(1, 40) * minute,
    }),
  ],
  [
    1,
    (c, all) => ({
      kind: 'upgrade',
      controller: c.pick(all),
      refuses: c.pick(['calls', 'logins'] as const),
      ms: c.between(1, 30) * minute,
    }),
  ],
  [1, (c, all) => ({ kind: 'migration', controller: c.pick(all), ms: c.between(1, 30) * minute })],
  [18, (c, all) => ({ kind: 'administrator', controller: c.pick(all), times: c.whole(1, 6) })],
  [
    2,
    (c, all) => ({
      kind: 'fight',
      controller: c.pick(all),
      every: c.between(0.5, 10) * minute,
      ms: c.between(10, 90) * minute,
    }),
  ],
  [8, () => ({ kind: 'person' })],
  [1, () => ({ kind: 'new-policy' })],
];

function deedOf(chance: Chance, controllers: readonly string[]): Deed {
  let left = chance.next() * makers.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, make] of makers) {
    left -= weight;
    if (left < 0) return make(chance, controllers);
  }
  return { kind: 'person' };
}

function flaky(
  chance: Chance,
  controllers: readonly string[],
): Pick<Deed & { kind: 'api' }, 'controller' | 'rate' | 'ms'> {
  return {
    controller: chance.pick(controllers),
    rate: chance.pick([0.05, 0.3, 1]),
    ms: chance.between(0.5, 25) * minute,
  };
}

function jump(chance: Chance): number {
  const size = chance.pick([5_000, 5 * minute, 50 * minute, 7 * 60 * minute]);
  return Math.round(chance.between(0.2, 1) * size) * (chance.happens(0.5) ? 1 : -1);
}

/** In words, for a trace. */
export function deedText({ kind, ...rest }: Deed): string {
  const details = Object.entries(rest).map(([key, value]) => `${key} ${shown(value)}`);
  return [kind, ...details].join(' ');
}

function shown(value: unknown): string {
  return typeof value === 'number' && value > 1000 ? `${Math.round(value / 1000)}s` : String(value);
}
