/** Keeps the set of followed controllers as the policy names them, and turns their changes into keys. */
import type { ControllerAccess, Policy } from '../core/policy/policy.js';
import type { JujuApi, Log } from '../core/ports/index.js';
import type { Attend } from '../core/ports/sharing.js';
import type { Estate } from './estate.js';
import { keyOf } from './keys.js';
import type { WorkQueue } from './queue.js';

export interface FollowingOptions {
  readonly estate: Estate;
  readonly queue: WorkQueue;
  readonly log: Log;
  readonly follow: (access: ControllerAccess, policy: Policy, attend?: Attend) => JujuApi;
  readonly attendFor?: (controller: string) => Attend;
}

export class Following {
  private readonly options: FollowingOptions;
  private readonly followed = new Map<string, { api: JujuApi; access: string; unsubscribe: () => void }>();

  constructor(options: FollowingOptions) {
    this.options = options;
  }

  /** Begins with controllers that are new in the policy, leaves those that are gone, reached or paced differently. */
  async adopt(policy: Policy): Promise<void> {
    const wanted = new Map(policy.controllers.map((access) => [access.name, access]));
    for (const [name, { access }] of this.followed) {
      if (fingerprint(wanted.get(name), policy) !== access) await this.leave(name);
    }
    for (const access of wanted.values()) if (!this.followed.has(access.name)) this.begin(access, policy);
    this.options.estate.follow([...this.followed.values()].map(({ api }) => api));
  }

  /** A password of ours was changed by ourselves: who was followed by the policy before goes on being followed. */
  keepUp(before: Policy, after: Policy): void {
    for (const [name, entry] of this.followed) {
      const [was, is] = [before, after].map((policy) =>
        fingerprint(
          policy.controllers.find((access) => access.name === name),
          policy,
        ),
      );
      if (entry.access === was && is !== undefined) entry.access = is;
    }
  }

  async leaveAll(): Promise<void> {
    await Promise.all([...this.followed.keys()].map((name) => this.leave(name)));
  }

  /** Has every known place looked at. */
  enqueueAll(): void {
    for (const { api } of this.followed.values()) {
      this.options.queue.add(keyOf({ controller: api.controller }));
      for (const model of Object.keys(api.current().models))
        this.options.queue.add(keyOf({ controller: api.controller, model }));
    }
  }

  /** Asks anew how closely each model is to be followed. */
  reattend(): void {
    for (const { api } of this.followed.values()) api.reattend?.();
  }

  private begin(access: ControllerAccess, policy: Policy): void {
    const api = this.options.follow(access, policy, this.options.attendFor?.(access.name));
    const unsubscribe = api.onChange((change) => {
      this.options.queue.add(keyOf(change));
    });
    this.followed.set(access.name, { api, access: fingerprint(access, policy), unsubscribe });
    api.start();
  }

  private async leave(name: string): Promise<void> {
    const entry = this.followed.get(name);
    this.followed.delete(name);
    entry?.unsubscribe();
    try {
      await entry?.api.close();
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      this.options.log.warn({ controller: name, trouble }, 'a controller was not left in order');
    }
  }
}

/** In memory only: holds credentials. */
function fingerprint(access: ControllerAccess | undefined, { pace }: Policy): string {
  return access === undefined ? '' : JSON.stringify([access, pace]);
}
