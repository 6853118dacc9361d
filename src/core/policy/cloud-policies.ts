/** Documents of what the cloud lets Juju's accounts do, as a person handed them in (evidence of JUJU-CRED-04). */
import type { CloudPolicyKind, Grant } from '../cloud-policy/grants.js';
import type { Instant } from '../fact.js';
import { globMatcher } from '../glob.js';

/** One entry of the policy's `cloudPolicies`. */
export interface HandedCloudPolicy {
  /** The credentials it is about; patterns know `*` and `?`; an absent one matches all. */
  readonly match: { readonly controller?: string; readonly cloud?: string; readonly credential?: string };
  readonly kind: CloudPolicyKind;
  /** As the policy names it. */
  readonly file: string;
  /** When the file was last written. */
  readonly written: Instant;
  readonly grants: readonly Grant[];
}

/** The documents about a credential: all of them count together. */
export function cloudPoliciesFor(
  handed: readonly HandedCloudPolicy[],
  place: { readonly controller: string; readonly cloud: string; readonly credential: string },
): readonly HandedCloudPolicy[] {
  return handed.filter(
    ({ match }) =>
      fits(match.controller, place.controller) &&
      fits(match.cloud, place.cloud) &&
      fits(match.credential, place.credential),
  );
}

function fits(pattern: string | undefined, name: string): boolean {
  return pattern === undefined || globMatcher(pattern)(name);
}
