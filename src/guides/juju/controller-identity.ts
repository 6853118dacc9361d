import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notApplicable, notSeen, pass } from '../../core/judgement.js';
import { documents } from './documents.js';

export const externalIdentity = defineControl({
  id: 'JUJU-CTRL-09',
  title: 'External identities come over https, with the key pinned',
  severity: 'high',
  section: 'Harden the controller(s)',
  rationale: 'Whoever can pose as the identity service can log in as any of its users.',
  references: [documents.controllerConfig, documents.security],
  evidence: ['J'],
  scope: 'controller',
  params: z.object({}),
  reasons: {
    IdentityNotEncrypted: 'The identity service is asked over plain http.',
    IdentityKeyNotPinned: 'The public key of the identity service is not pinned.',
    NoExternalIdentity: 'The controller uses no external identity service.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'identity-url and identity-public-key are set at bootstrap. Bootstrap a controller with an https address and the key, and migrate the models to it.',
  hazards: ['External users log in anew after a migration.'],
  evaluate(view) {
    const fact = view.get('config');
    const wanted = 'https and identity-public-key, if identity-url is set';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const url = fact.value['identity-url'];
    const key = fact.value['identity-public-key'];
    // Juju leaves the keys out when they are not set.
    if (typeof url !== 'string' || url === '')
      return notApplicable('NoExternalIdentity', 'no external identity service');
    const seen = evidenceOf(
      fact,
      `${url}, key ${key === undefined || key === '' ? 'not set' : 'set'}`,
      wanted,
    );
    if (!url.startsWith('https://'))
      return fail('IdentityNotEncrypted', `the identity service is asked at ${url}`, seen);
    if (key === undefined || key === '')
      return fail('IdentityKeyNotPinned', `the key of ${url} is not pinned`, seen);
    return pass(`identities from ${url}, with its key pinned`, seen);
  },
});
