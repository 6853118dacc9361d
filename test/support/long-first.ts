/**
 * The order in which jest begins its files. A clone that has never run them knows no times, and a long file that is begun
 * last costs all of its length: so the long ones come first, and those that mostly wait are spread among those that
 * compute, so that the processors always have something to do. What is not named here is short.
 */

/** What jest tells of a file. */
interface TestFile {
  readonly path: string;
}

type Times = Readonly<Record<string, number>>;

/** How many files run side by side (`maxWorkers` of jest.config.js), and how many of them may be ones that wait. */
export const sideBySide = 3;
const waitingAtOnce = 2;

/** Seconds on two processors: daemons and simulated controllers, which mostly wait. */
const waits: Times = {
  'integration/rotation.spec': 40,
  'integration/faults.spec': 40,
  'integration/faults-hanging.spec': 30,
  'integration/approve.spec': 50,
  'integration/apply.spec': 45,
  'integration/rails.spec': 35,
  'integration/rotation-killed.spec': 35,
  'integration/refresh.spec': 30,
  'integration/abuse-network.spec': 30,
  'integration/who-did-it.spec': 25,
  'integration/demo.spec': 25,
  'integration/refresh-trouble.spec': 25,
  'integration/crash-matrix.spec': 22,
  'integration/notify-daemon.spec': 22,
  'integration/abuse-places.spec': 20,
  'integration/loop.spec': 20,
  'integration/refresh-apply.spec': 15,
  'integration/abuse-load.spec': 15,
  'integration/crash-flows.spec': 13,
  'integration/charmhub.spec': 12,
  'integration/inside-units.spec': 12,
  'integration/clusters.spec': 11,
  'integration/loop-products.spec': 10,
};

/** The same for those that compute. */
const computes: Times = {
  'simulation/simulation.spec': 40,
  'simulation/simulation-even.spec': 40,
  'contract/bad-input.spec': 25,
  'contract/deploy.spec': 20,
  'contract/unit-scripts.spec': 20,
  'contract/remedies.spec': 15,
  'contract/registry.spec': 15,
  'contract/exports.spec': 15,
  'simulation/sharing.spec': 12,
  'integration/large-model.spec': 12,
  'property/fuzz.spec': 12,
  'unit/equal.spec': 10,
};
const short = 1;

/** All files of which the time is known. */
export const known = [...Object.keys(waits), ...Object.keys(computes)];

/** `suite/file`, whatever lies between. */
export function nameOf({ path }: TestFile): string {
  const [, suite = 'unit'] = /^.*\/test\/(\w+)\//.exec(path) ?? [];
  return `${suite}/${path.replace(/^.*\//, '').replace(/\.ts$/, '')}`;
}

function secondsOf(test: TestFile): number {
  const name = nameOf(test);
  return waits[name] ?? computes[name] ?? short;
}

/** Of the short ones, in the order in which they are given. */
function longestFirst<T extends TestFile>(tests: readonly T[]): T[] {
  return tests.toSorted((one, other) => secondsOf(other) - secondsOf(one));
}

function mostlyWaits(test: TestFile): boolean {
  return nameOf(test) in waits;
}

/** What jest asks of a sequencer; it is told nothing that it keeps. */
export default class LongFirst {
  shard<T>(tests: T): T {
    return tests;
  }

  allFailedTests<T>(tests: T): T {
    return tests;
  }

  cacheResults(): void {
    return undefined;
  }

  /** Plays the run: whenever a place is free, the next file that waits, unless enough of these run, or that computes. */
  sort<T extends TestFile>(tests: readonly T[]): readonly T[] {
    const waiting = longestFirst(tests.filter(mostlyWaits));
    const computing = longestFirst(tests.filter((test) => !mostlyWaits(test)));
    const places = Array.from({ length: sideBySide }, () => ({ until: 0, waits: false }));
    return tests.map((test) => {
      const place = places.reduce((one, other) => (other.until < one.until ? other : one));
      const others = places.filter((one) => one !== place && one.waits && one.until > place.until).length;
      place.waits = waiting.length > 0 && (others < waitingAtOnce || computing.length === 0);
      const next = (place.waits ? waiting : computing).shift() ?? test;
      place.until += secondsOf(next);
      return next;
    });
  }
}
