/** Finds out, at the start and for as long as it takes, which password works after a change was cut off. */
import type { Account, Clock, Log, Rotation } from '../../core/ports/index.js';
import type { ControllerAccess, Credentials, Policy } from '../../core/policy/policy.js';
import { keyOf } from '../keys.js';
import type { WriteAt } from '../sharing/shares.js';
import type { RotationHistory } from './history.js';
import type { Rotator } from './rotator.js';

export interface SettlerOptions {
  readonly rotator: Rotator;
  readonly history: RotationHistory;
  readonly writeAt: WriteAt;
  readonly clock: Clock;
  readonly log: Log;
  readonly isStopping: () => boolean;
  /** Which controllers this is about. */
  readonly isOurs: (controller: string) => boolean;
}

/** Between two rounds of logins where a controller did not answer, ms. */
const again = 5000;

/** Resolves after the first round; those left open are tried on in the background. */
export async function settleCutOff(options: SettlerOptions): Promise<void> {
  const cutOff = options.history.cutOff().filter(({ controller }) => options.isOurs(controller));
  const open = await settleAll(cutOff, options);
  if (open.length > 0) later(open, options);
}

function later(open: readonly Rotation[], options: SettlerOptions): void {
  const { clock, log, isStopping } = options;
  options.log.warn(
    { users: open.map(({ user }) => user) },
    'which of two passwords works could not be tried',
  );
  clock.after(again, () => {
    const still = open.filter(({ controller }) => options.isOurs(controller));
    if (isStopping() || still.length === 0) return;
    settleAll(still, options).then(
      (left) => {
        if (left.length > 0) later(left, options);
      },
      (error: unknown) => {
        log.error(
          { trouble: error instanceof Error ? error.message : String(error) },
          'passwords were not settled',
        );
      },
    );
  });
}

async function settleAll(cutOff: readonly Rotation[], options: SettlerOptions): Promise<readonly Rotation[]> {
  const { rotator, history, writeAt } = options;
  const open: Rotation[] = [];
  for (const rotation of cutOff) {
    const found = await rotator.settle(rotation);
    if (found === 'open') open.push(rotation);
    if (found === 'done') await writeAt(keyOf({ controller: rotation.controller }), history.end(rotation));
  }
  return open;
}

/** The policy with another password of one of our own identities. */
export function withPassword(policy: Policy, account: Account, password: string): Policy {
  const controllers = policy.controllers.map((access) =>
    access.name === account.controller ? accessWith(access, account.user, password) : access,
  );
  return { ...policy, controllers };
}

function accessWith(access: ControllerAccess, user: string, password: string): ControllerAccess {
  const changed = (identity: Credentials): Credentials =>
    identity.user === user ? { ...identity, password } : identity;
  const { observer, auditor, prober, remediator } = access;
  return {
    ...access,
    observer: changed(observer),
    ...(auditor === undefined ? {} : { auditor: changed(auditor) }),
    ...(prober === undefined ? {} : { prober: changed(prober) }),
    ...(remediator === undefined ? {} : { remediator: changed(remediator) }),
  };
}
