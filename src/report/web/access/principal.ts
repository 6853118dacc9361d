import type { WebRole } from '../../../core/policy/web.js';

/** Who asks. */
export interface Principal {
  /** In whose name it is decided; '' for whoever sits at this machine where nobody is asked who he is. */
  readonly name: string;
  readonly role: WebRole;
  /** How it is known who it is, for the audit trail. */
  readonly via: Readonly<Record<string, string>>;
}

/** Sits at this machine, and nobody asked. */
export const anybodyHere: Principal = { name: '', role: 'viewer', via: {} };

export function mayDecide({ role }: Principal): boolean {
  return role === 'approver';
}
