import type { AuditLine } from '../drift/culprits.js';
import type { Fact } from '../fact.js';
import type { SeenDeeds } from '../snapshot.js';
import type { ControllerAccess } from '../policy/policy.js';

/** A model by what an audit log calls it. */
export interface LoggedModel {
  readonly name: string;
  readonly uuid?: string;
}

/**
 * Who called what on the controllers. No API of Juju gives its audit log away: it is read where the policy names a file
 * that holds it.
 */
export interface AuditLogs {
  /** Reads the files that these name from now on, and no others. */
  adopt(controllers: readonly ControllerAccess[]): void;
  /**
   * What is known by now of calls on a model, oldest first, our own left out; undefined where no file is named. The same
   * object while nothing was added.
   */
  lines(controller: string, model: LoggedModel): Fact<readonly AuditLine[]> | undefined;
  /**
   * What it shows to have been done and to have gone well, ours included; undefined where no file is named. The same
   * object while nothing was added.
   */
  deeds(controller: string): Fact<SeenDeeds> | undefined;
}
