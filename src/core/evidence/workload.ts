/**
 * Evidence from inside the workload (kind W), by name. Each name whose shape is known stands here; the shape of the
 * others is for those to judge who read them. A name that is absent was not collected.
 */
import type { Dict } from '../dict.js';
import type { Fact } from '../fact.js';
import type { CertificateFacts, EtcdMember } from './etcd.js';
import type { EtcdUsers } from './etcd-users.js';
import type { UnitInside } from './units.js';

export interface WorkloadEvidence {
  readonly [name: string]: Fact<unknown> | undefined;
  /** What was seen inside each unit, by its name. */
  readonly unitsInside?: Fact<Dict<UnitInside>>;
  /** The members of etcd, by the name of their unit. */
  readonly etcdMembers?: Fact<Dict<EtcdMember>>;
  /** Users and roles of etcd, where the policy gives an identity to ask as. */
  readonly etcdUsers?: Fact<EtcdUsers>;
  /**
   * The CAs that signed what the units of an application serve, whatever its product: for telling whether two
   * applications share one. A CA that they merely trust, as clients do, is none of these.
   */
  readonly certificateAuthorities?: Fact<readonly CertificateFacts[]>;
}
