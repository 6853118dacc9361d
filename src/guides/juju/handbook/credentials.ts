import type { Handbook } from '../../../core/handbook.js';
import { owners } from './shared.js';

export const credentials: Readonly<Record<string, Handbook>> = {
  'JUJU-CRED-01': {
    passes:
      'The credential is of the kind without a stored key that the cloud has: an instance role, a managed identity, a service account.',
    needs: {
      J: 'identities.auditor where the credential belongs to somebody else: its kind is shown to its owner and to superusers',
    },
    waiving: {
      when: 'Right where the controller runs outside that cloud, so that no role can be given to its machine, or until the role is approved.',
      instead: 'rotate the key on a schedule (JUJU-CRED-03), and keep its permissions narrow (JUJU-CRED-04).',
      atMost: '180d',
      reason: 'the controller runs on premises and cannot hold an instance role',
    },
  },
  'JUJU-CRED-02': {
    passes: 'Juju holds the credential for valid: the cloud took it, and nobody revoked it.',
    waiving: {
      when: 'Right only for a model that is about to be destroyed: with an invalid credential Juju can neither replace a machine nor close a port.',
      instead: 'look after machines and firewall rules of the model on the cloud itself.',
      atMost: '14d',
      reason: 'the model is destroyed when its data have moved',
    },
  },
  'JUJU-CRED-03': {
    passes:
      'A named owner has attested when the key was changed, and the attestation has not ended. A credential without a stored key needs none.',
    needs: { A: owners },
    waiving: {
      when: 'Right while the rotation waits for a window that is fixed. If the cloud shows the date of the key, attest that date instead.',
      instead: 'look in the log of the cloud for uses of the key from elsewhere than the controllers.',
      atMost: '30d',
      reason: 'rotated in the maintenance window at the end of the month',
    },
  },
  'JUJU-CRED-04': {
    passes:
      'The document handed in grants all that Juju needs on that cloud, and no wildcard over whole services nor a right to give oneself others; or a named owner has attested it.',
    needs: {
      A: 'a file named under cloudPolicies with what the cloud lets the account do',
      J: 'identities.auditor where the credential belongs to somebody else',
    },
    waiving: {
      when: 'Right where the account is fenced from outside the document (a permission boundary, an organisation policy), which Holdfast does not see, or while a narrower role is on trial in a model of its own.',
      instead: 'name the fence in the reason, and have the cloud alert on calls that Juju never makes.',
      atMost: '90d',
      reason: 'a permission boundary of the organisation limits the account to this project',
    },
  },
  'JUJU-CLOUD-01': {
    passes: 'The kind of every cloud of the controller is one whose security guide is known here.',
    needs: { J: 'identities.auditor of the controller (a superuser): Juju shows all clouds to nobody else' },
    waiving: {
      when: 'Right for a cloud whose vendor publishes no guide. Where there is one, attest that it was followed instead.',
      instead: 'write down which settings of the cloud you hold it to, and who looks after them.',
      atMost: '365d',
      reason: 'the vendor publishes no security guide; our own baseline applies',
    },
  },
};
