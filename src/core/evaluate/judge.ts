/** Judges one control on one target. Knows policy and knowledge; keeps nothing of what it judged. */
import type { Context, Control, Guide, ScopeName } from '../control.js';
import { isKnown } from '../fact.js';
import type { AppliedWaiver, Finding } from '../finding.js';
import type { Judgement } from '../judgement.js';
import type { Knowledge } from '../knowledge.js';
import { isViolation } from '../outcome.js';
import type { Attestation, Policy } from '../policy/policy.js';
import { rotationRules, type RotationRule } from '../policy/rotation.js';
import { attestationFinder, attester } from '../policy/attestations.js';
import { hasExceptions, settingsResolver, type Scope } from '../policy/resolve.js';
import { namedUsersResolver } from '../policy/users.js';
import { waiverFinder } from '../policy/waivers.js';
import type { Charm } from '../snapshot.js';
import type { Target } from '../target.js';
import type { JudgedTime } from '../time.js';
import {
  isList,
  judgementsOf,
  remediesOf,
  withoutRemedies,
  type Answered,
  type Judged,
  type OneOrMore,
} from './answers.js';
import { Given, type Here } from './given.js';
import { Question } from './question.js';
import { enclosing, type View } from './view.js';

export class Judge {
  private readonly guides: readonly Guide[];
  private readonly knowledge: Knowledge;
  private readonly controls: ReadonlyMap<Guide, Readonly<Record<ScopeName, readonly Control[]>>>;
  private readonly scopes: ReadonlyMap<string, ScopeName>;
  private readonly settingsFor: ReturnType<typeof settingsResolver>;
  private readonly ruled: boolean;
  private readonly unruled: Record<ScopeName, Kind> = {
    controller: newKind(),
    model: newKind(),
    application: newKind(),
  };
  private readonly waiverFor: ReturnType<typeof waiverFinder>;
  private readonly attest: ReturnType<typeof attester>;
  private readonly attestationsOn: ReturnType<typeof attestationFinder> | undefined;
  private readonly ourselves: ReadonlyMap<string, readonly string[]>;
  private readonly rotation: readonly RotationRule[];
  private readonly cloudPolicies: Policy['cloudPolicies'];
  private readonly usersFor: ReturnType<typeof namedUsersResolver>;

  constructor(guides: readonly Guide[], policy: Policy, knowledge: Knowledge) {
    this.guides = guides;
    this.knowledge = knowledge;
    this.controls = new Map(guides.map((guide) => [guide, byScope(guide)]));
    this.scopes = new Map(
      guides.flatMap(({ controls }) => controls.map(({ id, scope }) => [id, scope] as const)),
    );
    this.settingsFor = settingsResolver(policy);
    this.ruled = hasExceptions(policy);
    this.waiverFor = waiverFinder(policy);
    this.attest = attester(policy);
    this.attestationsOn = this.attest && attestationFinder(policy);
    this.rotation = rotationRules(policy);
    this.ourselves = new Map(policy.controllers.map((access) => [access.name, identitiesOf(access)]));
    this.cloudPolicies = policy.cloudPolicies;
    this.usersFor = namedUsersResolver(policy.users);
  }

  /** What is to be asked of a target, by what it is now. Controls that the policy turns off are left out. */
  questionsFor(view: View): readonly Question[] {
    const guides = this.guidesOf(view);
    if (this.ruled) return guides.flatMap((guide) => this.asked(guide, view));
    // Where no rule of the policy speaks, all targets of a scope and the same guides are asked the same.
    let kind = this.unruled[view.scope];
    for (const guide of guides) kind = kindWith(kind, guide);
    return (kind.questions ??= guides.flatMap((guide) => this.asked(guide, view)));
  }

  private asked(guide: Guide, view: View): readonly Question[] {
    const controls = this.controls.get(guide)?.[view.scope] ?? [];
    return controls.flatMap((control) => {
      const settings = this.settingsFor(view.target, guide.id, control.id);
      return settings.enabled ? [new Question(guide, control, settings)] : [];
    });
  }

  /** The findings at the given time, which learns how long they hold. */
  findings(question: Question, view: View, time: JudgedTime): OneOrMore<Finding> {
    const context = this.context(question, view, time);
    const { answer, failure } = this.judgements(question, view, context);
    const found = isList(answer)
      ? answer.map((judgement) => this.finding(question, view, judgement, context))
      : this.finding(question, view, answer, context);
    return failure === undefined ? found : [found].flat().map((finding) => ({ ...finding, failure }));
  }

  /** What the control says, with what owners attest where it needs a person. */
  private judgements(question: Question, view: View, context: Context<unknown>): Answered<Judged> {
    const judged = judgementsOf(question.control, view, context);
    const { attest } = this;
    if (attest === undefined) return judged;
    const attested = (judgement: Judgement): Judgement => {
      const scope = scopeOf(question, subjectTarget(view.target, judgement));
      return attest(judgement, scope, context.time);
    };
    const { answer } = judged;
    return { ...judged, answer: isList(answer) ? answer.map(attested) : attested(answer) };
  }

  /**
   * Whether a control passes where the finding is: on its subject, its target, or the model or controller around it.
   * Read like any other answer, so that a waiver which rests on it lapses with it.
   */
  private passes(control: string, { target, view, time }: Spot): boolean {
    const place = enclosing(view, this.scopes.get(control));
    const question = place && this.questionsFor(place).find((candidate) => candidate.control.id === control);
    if (place === undefined || question === undefined) return false;
    const { answer } = this.judgements(question, place, this.context(question, place, time));
    const own = [answer].flat().filter((judgement) => isAbout(judgement, target));
    return own.length > 0 && own.every(({ outcome }) => outcome === 'pass');
  }

  /** What a control is given besides its target: the same as last time, where that holds here and now as well. */
  context(question: Question, view: View, time: JudgedTime): Context<unknown> {
    const { target } = view;
    const ourselves = this.ourselves.get(target.controller ?? '') ?? nobody;
    const users = this.usersFor(target);
    const { last } = question;
    const isSame = last?.time === time && last.ourselves === ourselves && last.users === users;
    if (isSame && this.attestationsOn === undefined) return last;
    const attestations = this.attestationsOn?.(scopeOf(question, target)) ?? nothingStated;
    return (question.last = this.given(question, { time, ourselves, users }, attestations));
  }

  private given(question: Question, here: Here, attestations: readonly Attestation[]): Context<unknown> {
    const { knowledge, rotation, settingsFor, cloudPolicies } = this;
    const given = new Given(question, here, { knowledge, rotation, settingsFor });
    if (cloudPolicies !== undefined) Object.assign(given, { cloudPolicies });
    if (attestations.length > 0) Object.assign(given, { attestations });
    return given;
  }

  private guidesOf(view: View): readonly Guide[] {
    if (view.scope !== 'application') return this.guides;
    const charm = view.get('charm');
    const bindings = view.get('bindings');
    const endpoints = isKnown(bindings) ? Object.keys(bindings.value) : [];
    return this.guides.filter((guide) => belongs(guide, isKnown(charm) ? charm.value : undefined, endpoints));
  }

  private finding(question: Question, view: View, judgement: Judgement, context: Context<unknown>): Finding {
    const { control, guide, settings } = question;
    const target = subjectTarget(view.target, judgement);
    const { answer: remedies, failure } = isViolation(judgement.outcome)
      ? remediesOf(control, view, context, judgement)
      : withoutRemedies;
    const { time } = context;
    const waiver = this.waiverFor && this.waiverOver(question, { target, view, time });
    const { validUntil } = time;
    const finding = { control, guide, target, judgement, settings, remedies, validUntil };
    const told = waiver === undefined ? finding : { ...finding, waiver };
    return failure === undefined ? told : { ...told, failure };
  }

  private waiverOver(question: Question, spot: Spot): AppliedWaiver | undefined {
    return this.waiverFor?.(scopeOf(question, spot.target), spot.time, (compensating) =>
      this.passes(compensating, spot),
    );
  }
}

/** Where a finding is, and when. */
interface Spot {
  readonly target: Target;
  readonly view: View;
  readonly time: JudgedTime;
}

function scopeOf({ guide, control }: Question, target: Target): Scope {
  return { ...target, guide: guide.id, control: control.id };
}

/** Judgements on other users, units or offers than the finding's own say nothing of it. */
function isAbout({ subject }: Judgement, target: Target): boolean {
  const named = target.unit ?? target.user ?? target.name;
  return subject === undefined || named === undefined || subject.name === named;
}

/** Targets to which the same guides apply, found by going from guide to guide. */
interface Kind {
  questions: readonly Question[] | undefined;
  readonly wider: Map<Guide, Kind>;
}

function newKind(): Kind {
  return { questions: undefined, wider: new Map() };
}

function kindWith({ wider }: Kind, guide: Guide): Kind {
  let kind = wider.get(guide);
  if (kind === undefined) wider.set(guide, (kind = newKind()));
  return kind;
}

const nobody: readonly string[] = [];
const nothingStated: readonly Attestation[] = [];

function byScope({ controls }: Guide): Readonly<Record<ScopeName, readonly Control[]>> {
  const of = (scope: ScopeName): readonly Control[] => controls.filter((control) => control.scope === scope);
  return { controller: of('controller'), model: of('model'), application: of('application') };
}

function identitiesOf(access: Policy['controllers'][number]): readonly string[] {
  const identities = [access.observer, access.auditor, access.prober, access.remediator];
  return identities.flatMap((identity) => (identity === undefined ? [] : [identity.user]));
}

function belongs(guide: Guide, charm: Charm | undefined, endpoints: readonly string[]): boolean {
  if (guide.appliesTo === undefined) return true;
  return charm !== undefined && guide.appliesTo(charm, endpoints);
}

function subjectTarget(target: Target, judgement: Judgement): Target {
  const { subject } = judgement;
  if (subject === undefined) return target;
  if (subject.kind === 'unit') return { ...target, kind: 'unit', unit: subject.name };
  if (subject.kind === 'user') return { ...target, kind: 'user', user: subject.name };
  return { ...target, kind: subject.kind, name: subject.name };
}
