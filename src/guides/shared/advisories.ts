import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, type Judgement } from '../../core/judgement.js';
import type { Advisory, AffectedRange, Knowledge } from '../../core/knowledge.js';
import { listed } from '../../core/text.js';

/** The reason that advisories give. */
export const advisoryReasons = {
  AdvisoryApplies: 'A published advisory names the version that runs as vulnerable.',
} as const;

/** An advisory that is about what runs, by its id. */
export interface Hit extends Advisory {
  readonly id: string;
  /** Since which version it is fixed, where it is. */
  readonly fixed: string | undefined;
}

/** A version of something that advisories are about. */
export interface Running {
  readonly product: Advisory['product'];
  readonly charm?: string;
  /** What its series or track may be called. */
  readonly series: readonly string[];
  /** A version, or a revision of a charm. */
  readonly version: string;
}

/** The advisories that name it, the gravest first. What is no plain version none of them names. */
export function advisoriesOn(running: Running, { advisories }: Knowledge): readonly Hit[] {
  const about = advisoriesAbout(running.charm, advisories);
  const hits = about.flatMap(([id, advisory]) => {
    if (advisory.product !== running.product) return [];
    const range = advisory.ranges.find((one) => isWithin(running, one));
    return range === undefined ? [] : [{ id, ...advisory, fixed: range.fixed }];
  });
  return hits.sort((a, b) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity));
}

type Entries = readonly (readonly [string, Advisory])[];

/** Sorted by charm once: every application is asked about, and few are named. */
function advisoriesAbout(charm: string | undefined, advisories: Knowledge['advisories']): Entries {
  let byCharm = sorted.get(advisories);
  if (byCharm === undefined)
    sorted.set(advisories, (byCharm = Map.groupBy(Object.entries(advisories), ([, one]) => one.charm)));
  return byCharm.get(charm) ?? none;
}

const none: Entries = [];
const sorted = new WeakMap<Knowledge['advisories'], ReadonlyMap<string | undefined, Entries>>();

const ranks: readonly Advisory['severity'][] = ['critical', 'high', 'medium', 'low', 'unrated'];

function isWithin({ series, version }: Running, { series: of, from, fixed }: AffectedRange): boolean {
  if (of !== undefined && !series.includes(of)) return false;
  if (numbersOf(version) === undefined) return false;
  const isAffected = from === undefined || isOlderVersion(version, from) === false;
  return isAffected && (fixed === undefined || isOlderVersion(version, fixed) === true);
}

/** How many are named in a sentence. */
const most = 10;

/** `CVE-2026-1 (high, fixed in 3.6.21; https://…)`. */
export function advisoryText(hits: readonly Hit[]): string {
  const texts = hits.map(({ id, severity, fixed, url }) => {
    const rated = severity === 'unrated' ? '' : `${severity}, `;
    return `${id} (${rated}${fixed === undefined ? 'not fixed yet' : `fixed in ${fixed}`}; ${url})`;
  });
  return listed(texts, most);
}

/** A failure where advisories name the charm's revision, or its workload where no other control judges that. */
export function advisoryJudgement(app: ApplicationView, knowledge: Knowledge): Judgement | undefined {
  const charm = app.get('charm');
  if (!isKnown(charm)) return undefined;
  const { name, track = 'latest', revision } = charm.value;
  if (advisoriesAbout(name, knowledge.advisories).length === 0) return undefined;
  const about = { charm: name, series: [track] };
  const own =
    revision === undefined
      ? []
      : advisoriesOn({ product: 'charm', version: String(revision), ...about }, knowledge);
  const hits = [...own, ...onWorkload(app, about, knowledge)];
  if (hits.length === 0) return undefined;
  const seen = evidenceOf(charm, `revision ${revision ?? 'not shown'}`, 'no revision that an advisory names');
  return fail('AdvisoryApplies', `advisories name what ${app.name} runs: ${advisoryText(hits)}`, seen);
}

function onWorkload(
  app: ApplicationView,
  about: Pick<Running, 'series'> & { readonly charm: string },
  knowledge: Knowledge,
): readonly Hit[] {
  if (Object.hasOwn(knowledge.workloadFloors, about.charm)) return [];
  const status = app.get('status');
  const version = isKnown(status) ? status.value.workloadVersion : undefined;
  if (version === undefined) return [];
  const series = [...about.series, seriesOf(version)];
  return advisoriesOn({ product: 'workload', ...about, version, series }, knowledge);
}

/** `3.6` of `3.6.13`: the track of a charm that came from a file or from `latest`. */
export function seriesOf(version: string): string {
  return version.split('.', 2).join('.');
}

/** Compares dotted numbers; undefined when one of them is something else. */
export function isOlderVersion(version: string, floor: string): boolean | undefined {
  const [left, right] = [numbersOf(version), numbersOf(floor)];
  if (left === undefined || right === undefined) return undefined;
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbersOf(version: string): readonly number[] | undefined {
  const plain = /^v?(\d+(?:\.\d+)*)$/.exec(version.trim());
  return plain?.[1]?.split('.').map(Number);
}
