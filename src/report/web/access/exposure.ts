import { InputError } from '../../../core/input-error.js';
import { asksWho, type WebPolicy } from '../../../core/policy/web.js';
import { addressText, isLoopback, type ListenAddress } from '../host.js';

/**
 * Refuses to show the estate to others without asking who they are, or in clear.
 * @throws InputError that says what to add.
 */
export function refuseExposure({ host, port }: ListenAddress, web: WebPolicy): void {
  if (isLoopback(host)) return;
  const where = `${addressText(host, port)} can be reached from other machines`;
  if (!asksWho(web))
    throw new InputError(
      `${where}: name web.tokens or web.oidc in the policy, so that it is asked who is there, or listen on 127.0.0.1`,
    );
  if (web.tls === undefined && !web.proxied)
    throw new InputError(
      `${where}: name web.tls in the policy, or say web.proxied: true where a proxy in front speaks TLS`,
    );
}
