import type { Handbook } from '../../../core/handbook.js';
import { backToBefore, nobody } from './shared.js';

export const models: Readonly<Record<string, Handbook>> = {
  'JUJU-MODEL-01': {
    passes: 'Every command set of the parameter commandSets is blocked, or covered by a wider block.',
    change: {
      steps: [
        "Runs 'juju disable-command -m MODEL destroy-model MESSAGE'. It sets no other block, because these would stop its own changes, and never lifts one.",
      ],
      rollback: "'juju enable-command -m MODEL destroy-model' lifts the block.",
      cutsOff: nobody,
    },
    waiving: {
      when: 'Right for models that are made and destroyed all day, such as those of tests. Better switch the control off for them by a rule with a pattern.',
      instead: 'let nobody but their owner administer such models (JUJU-USER-02).',
      atMost: '90d',
      reason: 'the model is destroyed and made anew by the nightly tests',
    },
  },
  'JUJU-MODEL-02': {
    passes:
      'Neither ssh-allow nor saas-ingress-allow holds 0.0.0.0/0 or ::/0, where the cloud applies these keys.',
    change: {
      steps: [
        "Runs 'juju model-config -m MODEL KEY=CIDRS' with the networks of the parameters sshAllow and saasIngressAllow; a key without a parameter is left to a person.",
      ],
      rollback: backToBefore,
      cutsOff: 'Administrators, or consumers of the offers, who come from other networks.',
    },
    waiving: {
      when: 'Right while the networks of consumers or administrators are being found out, or where another firewall in front limits them.',
      instead:
        'see to it that only known keys are on the machines (JUJU-MODEL-06), and that offers reach those meant (JUJU-OFFER-01).',
      atMost: '60d',
      reason: 'the networks of the consuming models are collected until the end of January',
    },
  },
  'JUJU-MODEL-03': {
    passes: 'firewall-mode of the model is instance, on a cloud for which Juju writes firewall rules.',
    waiving: {
      when: 'Right for a model with one application, or whose applications trust each other fully: what is open for one is open on all.',
      instead: 'expose nothing to more networks than all machines of the model may take (JUJU-APP-02).',
      atMost: '365d',
      reason: 'the model holds one application; its ports are the same on all machines',
    },
  },
  'JUJU-MODEL-04': {
    passes: "No logger that writes the bodies of Juju's own calls is at TRACE or DEBUG.",
    change: {
      steps: [
        "Sets logging-config without the loggers that are too talkative, or resets it, by 'juju model-config'.",
      ],
      rollback: backToBefore,
      cutsOff: nobody,
    },
    waiving: {
      when: 'Right for hours, while a fault of Juju is looked into.',
      instead:
        'let nobody but those who look into it read the logs, and delete them afterwards: they hold passwords.',
      atMost: '7d',
      reason: 'calls are logged while the hanging agents are looked into',
    },
  },
  'JUJU-MODEL-05': {
    passes:
      'Machines update their system when they are made, images and agents come from the released streams, and certificates of the cloud are verified.',
    change: {
      steps: [
        "Sets each key that differs, by 'juju model-config -m MODEL KEY=VALUE'. Machines that exist are not touched.",
      ],
      rollback: backToBefore,
      cutsOff: nobody,
    },
    waiving: {
      when: 'Right where images are built with all updates on your side, so that updating anew only costs time, or on an unmanaged cloud whose machines somebody else updates.',
      instead:
        'see to it that the images are rebuilt each week and that updates are installed later (ETCD-OS-04, PG-OS-03, KAFKA-OS-03).',
      atMost: '180d',
      reason: 'our golden images are rebuilt with all updates every night',
    },
  },
  'JUJU-MODEL-06': {
    passes: 'Every SSH key of the model has a fingerprint that the parameter fingerprints names.',
    waiving: {
      when: "Right for a vendor's key while his work lasts. A key that stays belongs into the parameter fingerprints.",
      instead:
        'limit the networks from which SSH comes in to his (JUJU-MODEL-02), and take the key out on the day agreed.',
      atMost: '14d',
      reason: 'the key of the vendor for the move of the storage, until 20 December',
    },
  },
  'JUJU-MODEL-07': {
    passes:
      'Secrets are kept in the backend that the parameter names; without one, elsewhere than in the database of the controller.',
    waiving: {
      when: 'Right while an external backend is being set up, or where nobody but the administrators can reach the database and the backups of the controller.',
      instead: 'encrypt the backups of the controller, which hold the secrets (JUJU-CTRL-10).',
      atMost: '180d',
      reason: 'Vault is in production from the second quarter on',
    },
  },
  'JUJU-MODEL-08': {
    passes:
      'No model of another tenant uses the same cloud credential, as the parameter tenants declares them.',
    waiving: {
      when: 'Right while the models of a tenant move to a credential of their own, one after the other.',
      instead: 'have the cloud tell which machines and costs are whose, by tags of the models.',
      atMost: '90d',
      reason: 'the second tenant gets a project of its own in February',
    },
  },
};
