/**
 * One member's answer to one check. A pass needs the setting and its effect: the configuration that etcd reads, and
 * where somebody could ask, what its port answers. Arguments of a process alone prove nothing: any program can have them.
 */
import type { EtcdConfiguration } from '../../core/evidence/etcd.js';
import { isKnown, valueOf, type Fact, type Known } from '../../core/fact.js';
import type { PortProbe } from '../../core/snapshot.js';
import type { MemberVerdict, SeenMember } from '../shared/etcd-members.js';
import type { Condition, Shortfall } from './by-configuration.js';
import { answerText, type Effect, type EffectOf } from './by-effect.js';
import { portOf, shownSettings, type Side } from './sides.js';

/** The reasons that `memberVerdict` gives besides those of the condition and of the effect. */
export const verdictReasons = {
  ConfigurationRefused: 'etcd does not start with this configuration, so that it protects nothing.',
  ConfigurationNotSeen: 'The configuration of a member could not be read.',
  ArgumentsProveNothing:
    'The arguments would be right, but nobody asked the port: any program can be given these arguments.',
  VersionDecides: 'Some versions of etcd start with this configuration and others do not.',
} as const;

/** A check of one side: its condition on settings, and what of it the port shows. */
export interface SideCheck {
  readonly side: Side;
  readonly condition: Condition;
  readonly effect: EffectOf;
}

type Seen = MemberVerdict['seen'];

export function memberVerdict(member: SeenMember, check: SideCheck): MemberVerdict {
  const { configuration } = member;
  const effect = effectSeen(member, check);
  if (configuration === undefined || !isKnown(configuration))
    return byEffectAlone(effect, configuration, check);
  const seen: Seen = [[configuration, shownSettings(configuration.value, check.side)], ...effect.seen];
  const shortfall = refusal(configuration) ?? check.condition(configuration.value);
  if (shortfall !== undefined) return { says: 'bad', ...shortfall, seen };
  return { ...settled(configuration.value, effect), seen };
}

/** Why a configuration that is refused protects nothing. */
function refusal({ value }: Known<EtcdConfiguration>): Shortfall {
  return value.refusal === undefined
    ? undefined
    : { reason: 'ConfigurationRefused', words: `does not start with its configuration: ${value.refusal}` };
}

interface EffectSeen {
  readonly effect?: Effect;
  readonly seen: Seen;
}

function effectSeen(member: SeenMember, { side, effect }: SideCheck): EffectSeen {
  const port = portOf(member, side);
  if (port === undefined) return { seen: [] };
  if (!isKnown(port)) return notAsked(port);
  const served = member.served === undefined ? undefined : valueOf(member.served);
  const shown: Seen = [[port, answerText(port.value)]];
  const told: Seen =
    member.served === undefined || served === undefined || side.prefix !== ''
      ? []
      : [
          [
            member.served,
            `authentication of users is ${served.authentication}: ${served.authenticationShown}`,
          ],
        ];
  return { effect: effect(port.value, served), seen: [...shown, ...told] };
}

function notAsked(port: Exclude<Fact<PortProbe>, Known<PortProbe>>): EffectSeen {
  const { reason } = port.unknown;
  return {
    effect: { shows: 'away', reason: 'NotReachedFromHere', words: `could not be asked: ${reason}` },
    seen: [[port, `not asked: ${reason}`]],
  };
}

type Told = Omit<MemberVerdict, 'seen'>;

const good: Told = { says: 'good', reason: '', words: '' };

/** The settings are right; what remains is whether that is what runs. */
function settled(configuration: EtcdConfiguration, { effect }: EffectSeen): Told {
  switch (effect?.shows) {
    case 'broken':
      return contradicted(effect);
    case 'absent':
      return { says: 'nothing', reason: effect.reason, words: effect.words };
    case 'kept':
      return good;
    case 'silent':
      return undecided(configuration) ?? good;
    case 'away':
    case undefined:
      return undecided(configuration) ?? (configuration.ruledBy === 'file' ? good : argumentsAlone(effect));
  }
}

function contradicted({ reason, words }: Effect): Told {
  return { says: 'bad', reason, words: `${words}, although its configuration says otherwise` };
}

function undecided({ dependsOnVersion }: EtcdConfiguration): Told | undefined {
  return dependsOnVersion === undefined
    ? undefined
    : { says: 'nothing', reason: 'VersionDecides', words: `may not start: ${dependsOnVersion}` };
}

function argumentsAlone(effect: Effect | undefined): Told {
  return {
    says: 'nothing',
    reason: 'ArgumentsProveNothing',
    words: `has the right arguments, which prove nothing: ${effect?.words ?? 'nobody asked whether it serves'}`,
  };
}

function byEffectAlone(
  { effect, seen }: EffectSeen,
  configuration: Fact<EtcdConfiguration> | undefined,
  { side }: SideCheck,
): MemberVerdict {
  if (effect !== undefined) {
    const says = effect.shows === 'kept' ? 'good' : effect.shows === 'broken' ? 'bad' : 'nothing';
    return { says, reason: effect.reason, words: effect.words, seen };
  }
  const why =
    configuration !== undefined && !isKnown(configuration) ? configuration.unknown.reason : undefined;
  const words =
    why === undefined
      ? `was not asked on the side of its ${side.callers}`
      : `has a configuration that was not read: ${why}`;
  return {
    says: 'nothing',
    reason: 'ConfigurationNotSeen',
    words,
    seen: configuration === undefined ? seen : [[configuration, 'not read'], ...seen],
  };
}
