/** Controls and guides: the language in which the hardening guides are written down. */
import type { z } from 'zod';
import type { Remedy } from './action/action.js';
import type { ApplicationView, ControllerView, ModelView, View } from './evaluate/view.js';
import type { Handbook, Publication } from './handbook.js';
import type { Judgement } from './judgement.js';
import type { Knowledge } from './knowledge.js';
import type { EvidenceKind, FixableBy, RemediationKind, Severity } from './outcome.js';
import type { HandedCloudPolicy } from './policy/cloud-policies.js';
import type { Attestation, Profile } from './policy/policy.js';
import type { Settings } from './policy/resolve.js';
import type { RotationRule } from './policy/rotation.js';
import type { NamedUsers } from './policy/users.js';
import type { ProbeProtocol } from './ports/prober.js';
import type { Charm } from './snapshot.js';
import type { Target } from './target.js';
import type { JudgedTime } from './time.js';

/** What a control is judged on, by scope. */
export interface Scopes {
  readonly controller: ControllerView;
  readonly model: ModelView;
  readonly application: ApplicationView;
}

export type ScopeName = keyof Scopes;

/** What a control is given besides its target. */
export interface Context<P> {
  readonly params: P;
  readonly time: JudgedTime;
  readonly knowledge: Knowledge;
  readonly profile: Profile;
  /** Names of our own identities on the target's controller: never acted against. */
  readonly ourselves: readonly string[];
  /** Accounts whose passwords the policy has changed; absent: nobody's. */
  readonly rotation?: readonly RotationRule[];
  /** What the cloud lets Juju's accounts do, as far as it was handed in; absent: nothing was. */
  readonly cloudPolicies?: readonly HandedCloudPolicy[];
  /** Statements of the policy that are about this control on this target; absent: there are none. */
  readonly attestations?: readonly Attestation[];
  /** The policy in force for any control on a target. */
  readonly settingsFor: (target: Target, guide: string, control: string) => Settings;
  /** Users whom the policy names. Where a parameter says something of a user, the parameter wins. */
  readonly users: NamedUsers;
}

/** One requirement of a guide. */
export interface ControlSpec<S extends ScopeName, P extends z.ZodType> {
  /** As in the catalogue: `ETCD-ENC-01`. Stable. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** The guide's section, in the guide's own word. */
  readonly section: string;
  /** Why it matters, in one or two sentences. */
  readonly rationale: string;
  /** Documentation to read on. */
  readonly references: readonly string[];
  readonly evidence: readonly EvidenceKind[];
  readonly scope: S;
  /** Parameters with defaults; the policy's rules may change them. */
  readonly params: P;
  /** Reason codes that it can give, each with the sentence that explains it. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly remediation: RemediationKind;
  readonly fixableBy: FixableBy;
  /** How a person puts it right: steps, in the imperative. */
  readonly manual: string;
  /** What can go wrong when it is put right. */
  readonly hazards: readonly string[];
  /** Smaller comes first in a plan: member encryption before client encryption. Default 50. */
  readonly order?: number;
  evaluate(subject: Scopes[S], context: Context<z.output<P>>): Judgement | readonly Judgement[];
  /** The steps that would put a violation right; none when a person has to choose. Pure. */
  remediate?(subject: Scopes[S], context: Context<z.output<P>>, judgement: Judgement): readonly Remedy[];
  /**
   * Whether the change has really taken effect, judged by evidence that is not what was changed. A remediation
   * succeeds only when this passes too; `unknown` here ends as NeedsReview.
   */
  effect?(subject: Scopes[S], context: Context<z.output<P>>): Judgement;
}

/** A control with its types worn off, as the evaluation handles them side by side. */
export interface Control extends Omit<
  ControlSpec<ScopeName, z.ZodType>,
  'evaluate' | 'remediate' | 'effect'
> {
  readonly order: number;
  /** Laid beside it by its guide; absent: nobody wrote one, as for controls of one's own. */
  readonly handbook?: Handbook;
  evaluate(subject: View, context: Context<unknown>): Judgement | readonly Judgement[];
  remediate?(subject: View, context: Context<unknown>, judgement: Judgement): readonly Remedy[];
  effect?(subject: View, context: Context<unknown>): Judgement;
}

/** Defines a control; `evaluate` and `remediate` see their target and parameters with full types. */
export function defineControl<S extends ScopeName, P extends z.ZodType>(spec: ControlSpec<S, P>): Control {
  return { ...spec, order: spec.order ?? 50 };
}

/** A versioned set of controls for a product. */
export interface Guide {
  readonly id: string;
  readonly title: string;
  readonly product: string;
  readonly version: string;
  /** Where it is published. */
  readonly url: string;
  /** The documents whose sections its controls cite, its own first. */
  readonly publications?: readonly Publication[];
  /**
   * Whether an application belongs to the guide's product: by charm name, track and endpoints, never by application
   * name. Absent: controls of scope application are judged on every application.
   */
  readonly appliesTo?: (charm: Charm, endpoints: readonly string[]) => boolean;
  /** Unit ports whose answers the guide's controls judge (evidence P): the same for all its charms, or by charm. */
  readonly probes?: readonly ProbePort[] | ((charm: Charm) => readonly ProbePort[]);
  /** Changes that belong together: a policy that makes one of them only is told so. */
  readonly together?: readonly Together[];
  readonly controls: readonly Control[];
}

/** A control whose change alone is half a change. */
export interface Together {
  readonly change: string;
  /** The control whose change has to go with it. */
  readonly needs: string;
  /** Whether that is a change of the same application, or of another one in its model. */
  readonly within: 'application' | 'model';
  /** What comes of the one without the other. */
  readonly why: string;
}

/** A port of every unit of the guide's applications to be probed. */
export interface ProbePort {
  readonly port: number;
  readonly protocol: ProbeProtocol;
}

/** The ports to be probed on units of a charm; none when the guide is about others, or judges no ports. */
export function probePorts(
  { appliesTo, probes = [] }: Guide,
  charm: Charm,
  endpoints: readonly string[],
): readonly ProbePort[] {
  if (appliesTo?.(charm, endpoints) !== true) return [];
  return typeof probes === 'function' ? probes(charm) : probes;
}

/** A guide as it is written down, with what its handbook says of its controls. */
interface GuideSpec extends Guide {
  readonly handbook?: Readonly<Record<string, Handbook>>;
}

/**
 * Defines a guide: lays its handbook beside its controls.
 * @throws Error when two controls share an id, or the handbook is about one that the guide does not have.
 */
export function defineGuide({ handbook = {}, ...guide }: GuideSpec): Guide {
  const ids = new Set<string>();
  for (const control of guide.controls) {
    if (ids.has(control.id)) throw new Error(`guide ${guide.id} has two controls ${control.id}`);
    ids.add(control.id);
  }
  const stranger = Object.keys(handbook).find((id) => !ids.has(id));
  if (stranger !== undefined) throw new Error(`guide ${guide.id} has no control ${stranger}`);
  return { ...guide, controls: guide.controls.map((control) => withHandbook(control, handbook[control.id])) };
}

function withHandbook(control: Control, handbook: Handbook | undefined): Control {
  return handbook === undefined ? control : { ...control, handbook };
}
