import { createAuthority, type Authority } from '../pki/authority.js';
import type { SimUnit } from '../world/state.js';
import type { PortSigner } from '../world/unit-ports.js';

const certificateDays = 90;
const authorityDays = 365;

/** PEM both. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Signs for a unit by the authority of `signer`, made when it first signs; `now` dates the certificates. */
export function certifying(
  now: () => number,
): (unit: SimUnit, signer: PortSigner | undefined) => Promise<ServerCertificate> {
  const authorities = new Map<string, Promise<Authority>>();
  return async (unit, signer = { id: 'none', commonName: 'none' }) => {
    const { id, commonName } = signer;
    const authority = authorities.get(id) ?? createAuthority(commonName, { now, validDays: authorityDays });
    authorities.set(id, authority);
    const subject = unit.name.replace('/', '-');
    const names = [unit.address, subject];
    return (await authority).issue({ commonName: subject, names, validDays: certificateDays });
  };
}
