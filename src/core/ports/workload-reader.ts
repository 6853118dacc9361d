import type { WorkloadEvidence } from '../evidence/workload.js';
import type { EtcdUsers } from '../evidence/etcd-users.js';
import type { Fact, Gap, Instant, Reading, Road } from '../fact.js';
import type { ApplicationState } from '../snapshot.js';

/** How a file of settings is written, and so how single keys are taken from it. */
export type KeyFormat = 'properties' | 'ini' | 'yaml';

/**
 * One thing to look at inside a unit. Looks are constants of Holdfast, never made from what a model says: of files only
 * the keys that are named are ever printed, because Juju keeps what a unit prints for everyone who may read the model.
 */
export type Look =
  | {
      readonly kind: 'keys';
      /** Read one after the other, as one text. */
      readonly paths: readonly string[];
      readonly format: KeyFormat;
      /** `ini`: `section/key`; `yaml`: the path of the key, parted by `/`; `*` at the end stands for all below. */
      readonly keys: readonly string[];
      /** The keys of each file that is there apart, behind a line `#PATH`. */
      readonly each?: true;
      readonly container?: string;
    }
  | { readonly kind: 'stat'; readonly paths: readonly string[]; readonly container?: string }
  | { readonly kind: 'certificates'; readonly paths: readonly string[]; readonly container?: string }
  | { readonly kind: 'program'; readonly program: string; readonly container?: string };

/** What was seen, or why it was not and which permission would change that. */
export type LookAnswer =
  { readonly text: string } | { readonly missing: string; readonly permission?: string };

/** Actions of charms that only tell. */
export const tellingActions = ['get-listeners', 'list-backups', 'status-detail'] as const;
export type TellingAction = (typeof tellingActions)[number];

/** What an action answers: texts by their keys, nested ones included. */
export type ActionAnswer =
  | { readonly output: Readonly<Record<string, unknown>> }
  | { readonly missing: string; readonly permission?: string };

/** One unit, with its model as `juju -m` takes it: `prod:admin/data`. */
export interface UnitPlace {
  readonly model: string;
  readonly unit: string;
}

/** Looks into units (evidence kind W). Rejects for nothing but an aborted signal. */
export interface WorkloadReader {
  readonly road: Road;
  /** Answers in the order of the looks. */
  look(place: UnitPlace, looks: readonly Look[], signal?: AbortSignal): Promise<readonly LookAnswer[]>;
  act(place: UnitPlace, action: TellingAction, signal?: AbortSignal): Promise<ActionAnswer>;
}

/** What a look into the units of one application is given. */
export interface LookInside {
  readonly reader: WorkloadReader;
  /** The model as `juju -m` takes it: `prod:admin/data`. */
  readonly model: string;
  readonly now: () => Instant;
  /** Lets a call through when there is room for it: never more at once, or in a minute, than the policy allows. */
  readonly gate: <T>(call: () => Promise<T>) => Promise<T>;
  readonly signal?: AbortSignal | undefined;
  /** Asks an application's etcd for its users; absent: nobody may. */
  readonly usersOf?: ((app: ApplicationState) => Promise<Fact<EtcdUsers>>) | undefined;
}

/** Looks into units and reads what they show. */
export interface Insight {
  /**
   * Undefined for a charm of which nothing is looked at. What a unit does not answer is unknown for that unit alone.
   * Rejects only when the signal aborts.
   */
  collect(app: ApplicationState, options: LookInside): Promise<WorkloadEvidence | undefined>;
  /** Evidence that says why nothing was looked at; undefined for a charm of which nothing would be. */
  without(app: ApplicationState, reading: Reading, gap: Gap): WorkloadEvidence | undefined;
}
