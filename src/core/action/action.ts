/**
 * Actions are data: one change each, from which the arguments of the `juju` call follow. None of them ever holds a
 * secret.
 */

import type { Recipe } from './recipe.js';

/** A model as the CLI addresses it: `controller:owner/model`. */
export interface ModelRef {
  readonly controller: string;
  readonly owner: string;
  readonly model: string;
}

/** `application:endpoint`. */
export interface EndpointRef {
  readonly application: string;
  readonly endpoint: string;
}

export type Action =
  | {
      readonly type: 'integrate';
      readonly model: ModelRef;
      readonly ends: readonly [EndpointRef, EndpointRef];
    }
  | {
      readonly type: 'remove-relation';
      readonly model: ModelRef;
      readonly ends: readonly [EndpointRef, EndpointRef];
    }
  | {
      readonly type: 'set-config';
      readonly model: ModelRef;
      readonly application: string;
      readonly key: string;
      readonly value: string;
    }
  | {
      readonly type: 'reset-config';
      readonly model: ModelRef;
      readonly application: string;
      readonly key: string;
    }
  | {
      readonly type: 'set-model-config';
      readonly model: ModelRef;
      readonly key: string;
      readonly value: string;
    }
  | { readonly type: 'reset-model-config'; readonly model: ModelRef; readonly key: string }
  | {
      readonly type: 'set-controller-config';
      readonly controller: string;
      readonly key: string;
      readonly value: string;
    }
  | { readonly type: 'disable-user'; readonly controller: string; readonly user: string }
  | { readonly type: 'enable-user'; readonly controller: string; readonly user: string }
  | {
      readonly type: 'revoke';
      readonly controller: string;
      readonly user: string;
      readonly level: string;
      readonly on?: AccessRef;
    }
  | {
      readonly type: 'grant';
      readonly controller: string;
      readonly user: string;
      readonly level: string;
      readonly on?: AccessRef;
    }
  | {
      readonly type: 'revoke-cloud';
      readonly controller: string;
      readonly user: string;
      readonly level: string;
      readonly cloud: string;
    }
  | {
      readonly type: 'grant-cloud';
      readonly controller: string;
      readonly user: string;
      readonly level: string;
      readonly cloud: string;
    }
  | {
      readonly type: 'disable-command';
      readonly model: ModelRef;
      readonly commandSet: string;
      readonly message: string;
    }
  | { readonly type: 'enable-command'; readonly model: ModelRef; readonly commandSet: string }
  | {
      readonly type: 'expose';
      readonly model: ModelRef;
      readonly application: string;
      readonly endpoint?: string;
      readonly cidrs: readonly string[];
    }
  | {
      readonly type: 'unexpose';
      readonly model: ModelRef;
      readonly application: string;
      readonly endpoint?: string;
    }
  | {
      readonly type: 'remove-trust';
      readonly model: ModelRef;
      readonly application: string;
      readonly kubernetes: boolean;
    }
  | {
      readonly type: 'trust';
      readonly model: ModelRef;
      readonly application: string;
      readonly kubernetes: boolean;
    }
  | {
      /** Runs an action of the charm and waits for its end. */
      readonly type: 'run-action';
      readonly model: ModelRef;
      readonly application: string;
      /** By its number, never by `leader`: another unit may lead by then. */
      readonly unit: string;
      readonly action: string;
      /** Never a secret: they stand in the arguments, and Juju keeps them. */
      readonly params: Readonly<Record<string, string>>;
    }
  | {
      /** Refreshes the charm to a revision, or to what its channel holds. */
      readonly type: 'refresh';
      readonly model: ModelRef;
      readonly application: string;
      readonly revision?: number;
      /** Track and risk, never others than the present ones. */
      readonly channel?: string;
      readonly trust?: true;
      /** Resources by name, as references to images or numbers. */
      readonly resources?: Readonly<Record<string, string>>;
    }
  | {
      /** Gives a user of the controller a new password. */
      readonly type: 'rotate-user-password';
      readonly controller: string;
      readonly user: string;
      /** The user's secret of a model that keeps the new password, besides our own identities' files. */
      readonly secret?: { readonly in: ModelRef; readonly name: string };
    }
  | {
      /**
       * Gives system users of an application new passwords. `set-password`: the charm's action makes up one, for one
       * user, and shows it in its result. `system-users`: all of them from a user's secret that the charm reads.
       */
      readonly type: 'rotate-system-users';
      readonly model: ModelRef;
      readonly application: string;
      readonly users: readonly string[];
      readonly by: 'set-password' | 'system-users';
      /** Where the action runs: the leader, by its number. */
      readonly unit?: string;
    };

/** What a level is held on: a model (`owner/model`) or an offer (`owner/model.offer`). Without it: the controller. */
export interface AccessRef {
  readonly kind: 'model' | 'offer';
  readonly name: string;
}

export type ActionType = Action['type'];

/** Why an action cannot be undone by another action. Such an action always needs an approval. */
export interface Irreversible {
  readonly irreversible: string;
}

export type Undo = { readonly inverse: readonly Action[] } | Irreversible;

/** What must still be true right before an action runs; read from the snapshot, never assumed. */
export type Precondition =
  | { readonly type: 'relation-absent'; readonly application: string; readonly endpoint: string }
  | { readonly type: 'related'; readonly application: string; readonly endpoint: string }
  | { readonly type: 'application-settled'; readonly application: string }
  | { readonly type: 'application-present'; readonly application: string }
  | {
      readonly type: 'user-level';
      readonly user: string;
      readonly level: string;
      readonly on: 'controller' | 'model';
    }
  | { readonly type: 'user-enabled'; readonly user: string }
  | { readonly type: 'another-superuser'; readonly besides: string }
  /** The charm's check passed within the half hour, and the charm is the one that was checked. */
  | { readonly type: 'refresh-checked'; readonly application: string; readonly action: string }
  /** The charm still has this revision: the refresh was not begun by somebody else. */
  | { readonly type: 'charm-revision'; readonly application: string; readonly revision: number }
  /** A refresh waits for its resume action on this unit, and the refreshed units are well. */
  | { readonly type: 'refresh-paused'; readonly application: string; readonly unit: string }
  /** No refresh of this application is going on. */
  | { readonly type: 'not-refreshing'; readonly application: string }
  | {
      readonly type: 'option-is';
      readonly application: string;
      readonly key: string;
      readonly value: string;
    };

export type Risk = 'low' | 'medium' | 'high';

/** One step that a control proposes against its finding. */
export interface Remedy {
  readonly action: Action;
  readonly undo: Undo;
  /** What will be true afterwards, in one sentence. */
  readonly effect: string;
  readonly risk: Risk;
  /** Restarts something or cuts someone off. */
  readonly disruptive: boolean;
  /** Running it a second time changes nothing more. */
  readonly repeatable: boolean;
  /** Who loses access meanwhile or for good, by name. */
  readonly cutsOff: readonly string[];
  readonly preconditions: readonly Precondition[];
  /** What must not be lost with it, such as the command with which a charm says how to go back. */
  readonly note?: string;
  /** Of what larger thing it is a step. */
  readonly recipe?: Recipe;
  /** Its place in a plan where that is not its control's: what has to be prepared before other controls' steps. */
  readonly order?: number;
}
