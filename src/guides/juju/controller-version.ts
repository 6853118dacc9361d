import { z } from 'zod';
import { defineControl, type Context } from '../../core/control.js';
import { durationText } from '../../core/duration.js';
import type { ControllerView } from '../../core/evaluate/view.js';
import { isKnown, valueOf, type Unknown } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { Knowledge, Sourced } from '../../core/knowledge.js';
import { advisoriesOn, advisoryReasons, advisoryText } from '../shared/advisories.js';
import { lookup } from '../shared/lookup.js';
import { duration } from '../shared/params.js';
import { documents } from './documents.js';
import { isOlder, seriesOf, versionOf, type JujuVersion } from './version.js';

export const patchedVersion = defineControl({
  id: 'JUJU-CTRL-04',
  title: 'Controller and agents run a patched version of Juju',
  severity: 'high',
  section: 'Harden the client and the agent binaries',
  rationale:
    'The fixes of known vulnerabilities are only in the newer patch releases of the series that are still maintained.',
  references: [documents.harden, documents.upgrade],
  evidence: ['J', 'S'],
  scope: 'controller',
  params: z.object({
    dataAge: duration('90d').meta({
      description: 'How long ago the table of patched versions may have been looked through, as in 90d.',
    }),
  }),
  reasons: {
    BelowPatchedFloor: 'The controller lacks security fixes that a newer patch release of its series has.',
    AgentsBelowFloor: 'The agents of a model lack security fixes that the controller may already have.',
    SeriesEndOfLife: 'The series gets no security fixes any more.',
    PreRelease: 'The controller runs a pre-release, for which no fixes are promised.',
    SeriesNewerThanData: 'The series is newer than the table of patched versions.',
    VersionNotUnderstood: 'The version is not one of Juju.',
    ...advisoryReasons,
    KnowledgeStale:
      'The table of patched versions was not looked through for so long that fixes may be missing from it.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Back up the controller. Run 'juju upgrade-controller --dry-run', then 'juju upgrade-controller'; when it has settled, " +
    "'juju upgrade-model --dry-run' and 'juju upgrade-model' model by model. A series at its end of life is left by migrating the models to a controller of a maintained one.",
  hazards: ['An upgrade cannot be undone.', 'During the upgrade the controller refuses commands.'],
  evaluate(view, context) {
    const { knowledge } = context;
    const fact = view.get('info');
    if (!isKnown(fact)) return unseenController(view, fact, knowledge);
    const text = fact.value.version;
    const answer = standing(text, knowledge);
    const seen = evidenceOf(fact, text, answer.wanted);
    if (answer.state === 'unsettled') return unsettled(answer.reason, answer.message, seen);
    if (answer.state === 'fails') return fail(answer.reason, answer.message, seen);
    const behind = modelsBehind(view, knowledge);
    if (behind.length > 0) return agentsBelow(view, behind, seen);
    return stale(context, text, seen) ?? pass(`Juju ${text} has the known fixes${offered(view)}`, seen);
  },
});

/** That nothing is wrong only data show that somebody looked through lately. */
function stale(
  { knowledge: { dates }, params, time }: Context<{ readonly dataAge: number }>,
  text: string,
  seen: Evidence,
): Judgement | undefined {
  if (!time.isOlder(dates.jujuFloors, params.dataAge)) return undefined;
  const age = durationText(params.dataAge);
  const message = `Juju ${text} has the fixes known on ${dates.jujuFloors}, longer ago than ${age}: bring in newer data with --data, or a newer Holdfast`;
  return unsettled('KnowledgeStale', message, seen);
}

interface Standing {
  readonly state: 'patched' | 'fails' | 'unsettled';
  readonly reason: string;
  readonly message: string;
  readonly wanted: string;
}

/** A version against the table: a series that the table does not know gets no fixes any more. */
function standing(text: string, knowledge: Knowledge): Standing {
  const { jujuFloors, dates } = knowledge;
  const wanted = `one of ${Object.values(jujuFloors)
    .map(({ floor }) => floor)
    .join(', ')} or later in its series`;
  const version = versionOf(text);
  if (version === undefined)
    return {
      state: 'unsettled',
      reason: 'VersionNotUnderstood',
      message: `${text} is no version of Juju`,
      wanted,
    };
  if (version.tag !== '')
    return { state: 'fails', reason: 'PreRelease', message: `${text} is a pre-release`, wanted };
  const entry = lookup(jujuFloors, seriesOf(version));
  if (entry === undefined && isNewerThanAll(version, Object.keys(jujuFloors))) {
    const message = `series ${seriesOf(version)} is newer than the table of ${dates.jujuFloors}: update the data`;
    return { state: 'unsettled', reason: 'SeriesNewerThanData', message, wanted };
  }
  if (entry === undefined)
    return {
      state: 'fails',
      reason: 'SeriesEndOfLife',
      message: `series ${seriesOf(version)} gets no fixes any more`,
      wanted,
    };
  return againstFloor(version, { text, entry, named: namedIn(version, knowledge) });
}

interface Floor {
  readonly text: string;
  readonly entry: Sourced & { readonly floor: string };
  /** The advisories that name the version, as text; '' where none does. */
  readonly named: string;
}

function againstFloor(version: JujuVersion, { text, entry, named }: Floor): Standing {
  const wanted = `${entry.floor} or later`;
  const floor = versionOf(entry.floor);
  const isBelow = floor !== undefined && isOlder(version, floor);
  if (!isBelow && named === '') return { state: 'patched', reason: '', message: '', wanted };
  if (!isBelow) {
    const message = `advisories name Juju ${text}: ${named}`;
    return { state: 'fails', reason: 'AdvisoryApplies', message, wanted };
  }
  const lacks = `Juju ${text} lacks fixes of ${entry.floor} (${entry.source})`;
  const message = named === '' ? lacks : `${lacks}; advisories that name it: ${named}`;
  return { state: 'fails', reason: 'BelowPatchedFloor', message, wanted };
}

function namedIn(version: JujuVersion, knowledge: Knowledge): string {
  const { major, minor, patch } = version;
  const running = {
    product: 'juju',
    series: [seriesOf(version)],
    version: `${major}.${minor}.${patch}`,
  } as const;
  return advisoryText(advisoriesOn(running, knowledge));
}

function isNewerThanAll(version: JujuVersion, series: readonly string[]): boolean {
  return series.every((name) => {
    const other = versionOf(name);
    return other !== undefined && isOlder(other, { ...version, patch: 0 });
  });
}

function modelsBehind(view: ControllerView, knowledge: Knowledge): readonly string[] {
  return view.models().flatMap((model) => {
    const version = valueOf(model.get('info'))?.version;
    return version !== undefined && standing(version, knowledge).state === 'fails'
      ? [`${model.name} (${version})`]
      : [];
  });
}

/** A road that does not show the controller may still show agents that lack fixes. */
function unseenController(view: ControllerView, fact: Unknown, knowledge: Knowledge): Judgement {
  const behind = modelsBehind(view, knowledge);
  return behind.length > 0 ? agentsBelow(view, behind) : notSeen(fact, 'a patched version');
}

function agentsBelow(view: ControllerView, behind: readonly string[], ...seen: Evidence[]): Judgement {
  const message = `agents to be upgraded: ${behind.join(', ')}`;
  return fail('AgentsBelowFloor', message, ...seen, ...agentEvidence(view, behind));
}

function agentEvidence(view: ControllerView, behind: readonly string[]): readonly Evidence[] {
  const first = view.models()[0]?.get('info');
  return first === undefined ? [] : [evidenceOf(first, behind.join(', '), 'agents at the patched version')];
}

/** Newer versions that Juju offers; how long they have been out it does not tell. */
function offered(view: ControllerView): string {
  const names = view.models().flatMap((model) => {
    const version = valueOf(model.get('info'))?.availableVersion;
    return version === undefined || version === '' ? [] : [`${model.name}: ${version}`];
  });
  return names.length === 0 ? '' : `; offered for ${names.join(', ')}`;
}
