import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown } from '../../core/fact.js';
import { fail, notApplicable, notSeen, pass } from '../../core/judgement.js';
import { listed } from '../../core/text.js';
import { documents } from './documents.js';
import { excessReasons, together } from './self-audit.js';
import { charmsAudited } from './self-charm.js';
import { declaredIdentities, identitiesAudited } from './self-identities.js';
import { placeAudited } from './self-place.js';

const onModel = z.enum(['none', 'read', 'write', 'admin']);

const params = z.object({
  observer: onModel
    .default('read')
    .meta({ description: 'The highest level that our observer may hold on the models.' }),
  prober: onModel
    .default('admin')
    .meta({ description: 'The highest level that our prober may hold on the models.' }),
  remediator: onModel
    .default('admin')
    .meta({ description: 'The highest level that our remediator may hold on the models.' }),
});

export const ourOwnLevels = defineControl({
  id: 'JUJU-SELF-01',
  title: 'Holdfast itself holds no more than it needs',
  severity: 'medium',
  section: 'Juju users',
  rationale:
    'What guards the estate must not be the widest door into it: it is judged as everything else is.',
  references: [documents.harden, documents.userLevels],
  evidence: ['J', 'K'],
  scope: 'controller',
  params,
  reasons: {
    ...excessReasons,
    NoDeclaredIdentity: 'We are logged in as a person, not with identities of our own.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Give each role a user of its own: the observer login and read on the models, the auditor superuser, the remediator write ' +
    "(admin where grants are changed), the prober admin only where evidence from the workload is wanted. Take the rest away with 'juju revoke'. " +
    "Our own charm: 'juju refresh holdfast --channel TRACK/stable', 'juju trust holdfast --remove', 'juju unexpose holdfast'. On the cluster " +
    'only the rights of our manifests. Our files: mode 0600, the policy written by its owner alone. The page: on loopback, or with web.tls.',
  hazards: [
    'With less than the role needs, findings turn unknown and remedies fail; both say which permission is missing.',
  ],
  evaluate(view, { params: levels }) {
    const fact = view.get('self');
    const wanted = 'each identity at the level of its role';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const { excesses, evidence, gaps } = together([
      identitiesAudited(view, levels),
      charmsAudited(view),
      placeAudited(view),
    ]);
    const [first] = excesses;
    if (first !== undefined)
      return fail(
        first.reason,
        listed(
          excesses.map(({ message }) => message),
          10,
        ),
        ...evidence,
      );
    if (declaredIdentities(view).length === 0)
      return notApplicable('NoDeclaredIdentity', 'we are not logged in with identities of our own');
    const [gap] = gaps;
    if (gap !== undefined) return notSeen(gap, wanted);
    return pass('each identity holds what its role needs, and nothing else of us stands open', ...evidence);
  },
});
