import type { Guide, Together } from '../../core/control.js';
import { isWaived, type Finding } from '../../core/finding.js';
import type { Mode, Policy } from '../../core/policy/policy.js';
import { settingsResolver, type Settings } from '../../core/policy/resolve.js';
import type { Target } from '../../core/target.js';
import { matchText } from './words.js';

/** One control at one place, and how far the policy goes there. */
interface Reach {
  readonly place: Place;
  readonly control: string;
  readonly mode: Mode;
}

type Place = Pick<Target, 'controller' | 'model' | 'application'>;

const modes: readonly Mode[] = ['observe', 'propose', 'enforce'];
const acts: Readonly<Record<Mode, string>> = {
  observe: 'observed',
  propose: 'proposed',
  enforce: 'enforced',
};

/**
 * A sentence for each change that the policy makes by half, where the guides know that it needs another. Held against
 * an estate by what was judged there (every rule switched on); without one by the places that the rules name.
 */
export function oneSided(
  policy: Policy,
  guides: readonly Guide[],
  judged: readonly Finding[] | undefined,
): readonly string[] {
  const settings = settingsResolver(policy);
  const told = guides.flatMap((guide) =>
    (guide.together ?? []).flatMap((pair) => {
      const reaches = (control: string): readonly Reach[] =>
        judged === undefined
          ? placesOf(policy).map((place) =>
              reachAt(place, control, settings(asTarget(place), guide.id, control)),
            )
          : reachesIn(judged, control, settings);
      return halves(pair, reaches(pair.change), reaches(pair.needs), judged === undefined);
    }),
  );
  return [...new Set(told)];
}

/** The places that rules name, and the models around them, with patterns for names: each pattern fits itself. */
function placesOf({ rules }: Policy): readonly Place[] {
  const named = rules.flatMap(({ match: { controller, model, application } }): Place[] => {
    const around = {
      ...(controller === undefined ? {} : { controller }),
      ...(model === undefined ? {} : { model }),
    };
    return application === undefined ? [around] : [around, { ...around, application }];
  });
  return [{}, ...named];
}

function asTarget(place: Place): Target {
  return { kind: 'application', ...place };
}

function reachAt(place: Place, control: string, { enabled, mode }: Settings): Reach {
  return { place, control, mode: enabled ? mode : 'observe' };
}

/** What passes or does not apply needs no change, and is no half of one. */
function reachesIn(
  judged: readonly Finding[],
  control: string,
  settings: ReturnType<typeof settingsResolver>,
): readonly Reach[] {
  return judged
    .filter((finding) => finding.control.id === control && isOpen(finding))
    .map((finding) => {
      const reach = reachAt(finding.target, control, settings(finding.target, finding.guide.id, control));
      return isWaived(finding) ? { ...reach, mode: 'observe' } : reach;
    });
}

function isOpen({ judgement: { outcome } }: Finding): boolean {
  return outcome !== 'pass' && outcome !== 'not-applicable';
}

function halves(
  pair: Together,
  changes: readonly Reach[],
  others: readonly Reach[],
  named: boolean,
): readonly string[] {
  const told: string[] = [];
  for (const change of changes.filter(({ mode }) => mode !== 'observe')) {
    const near = others.filter(({ place }) => isNear(change.place, place, pair.within));
    const best = named ? mostOf(near) : leastOf(near);
    if (best === undefined || rank(best) >= rank(change)) continue;
    told.push(sentence(pair, change, best));
  }
  return told;
}

/** Within a model the other change is one of another application; a rule may reach it by naming none. */
function isNear(place: Place, other: Place, within: Together['within']): boolean {
  if (place.controller !== other.controller || place.model !== other.model) return false;
  const same = place.application === other.application;
  return within === 'application' ? same : !same || place.application === undefined;
}

function rank({ mode }: Reach): number {
  return modes.indexOf(mode);
}

function mostOf(reaches: readonly Reach[]): Reach | undefined {
  return reaches.toSorted((a, b) => rank(b) - rank(a))[0];
}

function leastOf(reaches: readonly Reach[]): Reach | undefined {
  return reaches.toSorted((a, b) => rank(a) - rank(b))[0];
}

function sentence({ needs, change, why }: Together, { place, mode }: Reach, other: Reach): string {
  const { controller, model, application } = place;
  const named = Object.entries({ controller, model, application }).filter(([, name]) => name !== undefined);
  const where = named.length === 0 ? 'everywhere' : `at ${matchText(Object.fromEntries(named))}`;
  return `${change} is ${acts[mode]} ${where}, and ${needs}, which it needs, only ${acts[other.mode]}: ${why}; give both the same mode`;
}
