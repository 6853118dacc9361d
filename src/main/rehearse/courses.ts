import type { Remediation } from '../../core/ports/index.js';

/** A remediation with the moments (ms) at which it moved. */
export interface Course {
  readonly remediation: Remediation;
  readonly ranAt?: number;
  readonly endedAt?: number;
}

const ends: ReadonlySet<string> = new Set([
  'Succeeded',
  'RolledBack',
  'Failed',
  'NeedsReview',
  'Quarantined',
]);

/** What became of each remediation, and when. */
export class Courses {
  /** When one last moved, ms. */
  movedAt = 0;
  readonly #courses = new Map<string, Course>();

  note(remediation: Remediation, now: number): void {
    const known = this.#courses.get(remediation.id);
    if (known !== undefined && isSame(known.remediation, remediation)) return;
    const ranAt = known?.ranAt ?? (remediation.state === 'Running' ? now : undefined);
    this.#courses.set(remediation.id, {
      remediation,
      ...(ranAt === undefined ? {} : { ranAt }),
      ...(ends.has(remediation.state) ? { endedAt: known?.endedAt ?? now } : {}),
    });
    this.movedAt = now;
  }

  isMoving(): boolean {
    return [...this.#courses.values()].some(
      ({ remediation: { state } }) => state === 'Running' || state === 'Verifying',
    );
  }

  /** Hashes of the plans that wait for a person. */
  awaitingApproval(): readonly string[] {
    return [...this.#courses.values()].flatMap(({ remediation: { state, planHash } }) =>
      state === 'WaitingApproval' ? [planHash] : [],
    );
  }

  /** In the order in which they ran; those that never did come last. */
  inOrder(): readonly Course[] {
    return [...this.#courses.values()].sort((a, b) => (a.ranAt ?? Infinity) - (b.ranAt ?? Infinity));
  }
}

function isSame(a: Remediation, b: Remediation): boolean {
  return a.state === b.state && a.reason === b.reason && a.planHash === b.planHash;
}
