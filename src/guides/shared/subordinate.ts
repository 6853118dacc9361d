import type { Remedy } from '../../core/action/action.js';
import type { ApplicationView, ModelView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  inconsistent,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { Unit } from '../../core/snapshot.js';
import { charmOf } from './far-end.js';
import { integrate } from './integrate.js';
import { allLinks, isLinks, linkState, type Link, type Links } from './relations.js';
import { isAlive } from './settled.js';

/** A subordinate charm that must work beside every unit of an application. */
export interface Companion {
  readonly charms: readonly string[];
  /** The subordinate's endpoint towards `juju-info`. */
  readonly endpoint: string;
  readonly what: string;
  /** What its unit's status says: undefined when it works, else the reason code, or no evidence. */
  readonly trouble: (unit: Unit) => Trouble | undefined;
}

export interface Trouble {
  readonly says: 'bad' | 'nothing';
  readonly reason: string;
  readonly words: string;
}

/** The reasons that `companionJudgement` gives besides those of the companion. */
export const companionReasons = {
  NotRelated: 'No application of the charm is related to this one.',
  RelationDown: 'The relation is there, but broken, suspended or about to go.',
  UnitWithout: 'A unit has no such subordinate beside it.',
  NoUnits: 'Nothing runs yet beside which the subordinate could be.',
  UnitsDiffer: 'Some units are as wanted and others are not.',
} as const;

/** Whether the companion is related and, by its status text, works beside every unit. */
export function companionJudgement(app: ApplicationView, companion: Companion): Judgement {
  const wanted = `${companion.what} beside every unit`;
  const links = allLinks(app);
  if (!isLinks(links)) return notSeen(links, wanted);
  const found = links.sure.flatMap((link) => companionAt(app, link, companion));
  const first = found[0];
  if (first === undefined) return notRelated(app, links, companion);
  const { fact } = links;
  const down = found.every(({ link }) => linkState(link, app).state === 'down');
  if (down) {
    const words = linkState(first.link, app).words;
    const seen = evidenceOf(fact, `related to ${first.companion.name}: ${words}`, wanted);
    return fail('RelationDown', `${app.name} is related to ${first.companion.name}, but ${words}`, seen);
  }
  return onEveryUnit(app, first.companion, companion);
}

function notRelated(app: ApplicationView, { fact }: Links, companion: Companion): Judgement {
  const seen = evidenceOf(
    fact,
    `not related to ${companion.charms.join(' or ')}`,
    `${companion.what} beside every unit`,
  );
  return fail('NotRelated', `${app.name} is not related to ${companion.charms.join(' or ')}`, seen);
}

interface Found {
  readonly link: Link;
  readonly companion: ApplicationView;
}

function companionAt(app: ApplicationView, link: Link, { charms }: Companion): readonly Found[] {
  const other = app.model.application(link.other.application);
  const charm = charmOf(other);
  return other !== undefined && charm !== undefined && charms.includes(charm.name)
    ? [{ link, companion: other }]
    : [];
}

function onEveryUnit(app: ApplicationView, subordinate: ApplicationView, companion: Companion): Judgement {
  const wanted = `${companion.what} beside every unit`;
  const principals = app.get('units');
  const units = subordinate.get('units');
  if (!isKnown(principals)) return notSeen(principals, wanted);
  if (!isKnown(units)) return notSeen(units, wanted);
  const byPrincipal = new Map(Object.values(units.value).map((unit) => [unit.principal, unit]));
  const answers = Object.keys(principals.value).map((name) =>
    answerOf(name, byPrincipal.get(name), companion),
  );
  const evidence = answers.map(({ name, seen }) => evidenceOf(units, seen, wanted, name));
  return summed(answers, evidence, companion);
}

interface Answer {
  readonly name: string;
  readonly seen: string;
  readonly trouble: Trouble | undefined;
}

function answerOf(name: string, unit: Unit | undefined, companion: Companion): Answer {
  if (unit === undefined) {
    const words = `has no ${companion.what} beside it`;
    return { name, seen: 'none', trouble: { says: 'bad', reason: 'UnitWithout', words } };
  }
  const seen = `${unit.name}: ${unit.workload} ${unit.workloadMessage}`.trim();
  return { name, seen, trouble: companion.trouble(unit) };
}

function summed(answers: readonly Answer[], evidence: readonly Evidence[], companion: Companion): Judgement {
  if (answers.length === 0) return unsettled('NoUnits', 'there are no units yet', ...evidence);
  const bad = answers.find(({ trouble }) => trouble?.says === 'bad');
  const nothing = answers.find(({ trouble }) => trouble?.says === 'nothing');
  const fine = answers.find(({ trouble }) => trouble === undefined);
  if (bad?.trouble !== undefined) {
    const message = `${bad.name} ${bad.trouble.words}`;
    if (fine === undefined) return fail(bad.trouble.reason, message, ...evidence);
    return inconsistent('UnitsDiffer', `${message}, unlike ${fine.name}`, ...evidence);
  }
  if (nothing?.trouble !== undefined) {
    return unsettled(nothing.trouble.reason, `${nothing.name} ${nothing.trouble.words}`, ...evidence);
  }
  return pass(`${companion.what} beside every unit, by its own status`, ...evidence);
}

/** Relates the only application of the charm that is on the same base; none when there is no such or a choice. */
export function companionRemedy(
  app: ApplicationView,
  companion: Companion,
  effect: string,
): readonly Remedy[] {
  const [only, another] = companion.charms.flatMap((charm) => companionsFor(app, charm));
  if (only === undefined || another !== undefined) return [];
  return integrate(app.model, {
    ends: [
      { application: only.name, endpoint: companion.endpoint },
      { application: app.name, endpoint: 'juju-info' },
    ],
    effect,
    risk: 'low',
    disruptive: false,
    cutsOff: [],
    preconditions: [
      { type: 'application-present', application: only.name },
      { type: 'application-settled', application: app.name },
    ],
  });
}

/** The applications of a subordinate charm that could run beside one: a subordinate needs a principal of its own base. */
export function companionsFor(app: ApplicationView, charm: string): readonly ApplicationView[] {
  const base = charmOf(app)?.base;
  return base === undefined ? [] : (app.model.derived(aliveByBase, charm).get(base) ?? []);
}

function aliveByBase(model: ModelView, charm: string): ReadonlyMap<string, readonly ApplicationView[]> {
  const alive = model.deployed(charm).filter(isAlive);
  return Map.groupBy(
    alive.filter((app) => charmOf(app)?.base !== undefined),
    (app) => charmOf(app)?.base ?? '',
  );
}
