import type { Handbook } from '../../../core/handbook.js';
import { backToBefore, controllerLogin, controllerModel, nobody, owners } from './shared.js';

export const controller: Readonly<Record<string, Handbook>> = {
  'JUJU-CTRL-01': {
    passes: 'auditing-enabled of the controller is true.',
    needs: { J: controllerLogin },
    change: {
      steps: ["Runs 'juju controller-config -c CONTROLLER auditing-enabled=true'."],
      rollback: backToBefore,
      cutsOff: nobody,
    },
    waiving: {
      when: 'Hardly ever right. Right for a controller for trials that holds no data of anybody.',
      instead: 'let nobody but its owner log in to that controller.',
      atMost: '30d',
      reason: 'a controller for trials that is thrown away each month',
    },
  },
  'JUJU-CTRL-02': {
    passes:
      'audit-log-exclude-methods names only methods that read, and those that the parameter harmless names.',
    needs: { J: controllerLogin },
    change: {
      steps: [
        "Sets audit-log-exclude-methods to those of its methods that only read, or to ReadOnlyMethods, by 'juju controller-config'.",
      ],
      rollback: backToBefore,
      cutsOff: nobody,
    },
    waiving: {
      when: 'Right while a program that calls one method all day floods the log. A method that changes nothing belongs into the parameter harmless.',
      instead: 'keep a record of what that program does on its own side.',
      atMost: '30d',
      reason: 'the importer floods the log until it is rewritten; it logs its calls itself',
    },
  },
  'JUJU-CTRL-03': {
    passes: 'audit-log-capture-args is as the parameter captureArgs says: off, unless the log is protected.',
    needs: { J: controllerLogin },
    change: {
      steps: [
        "Runs 'juju controller-config -c CONTROLLER audit-log-capture-args=VALUE' with the value of captureArgs.",
      ],
      rollback: backToBefore,
      cutsOff: nobody,
    },
    waiving: {
      when: 'Right while arguments are recorded to look into an incident. Where they are to be recorded for good, set captureArgs and protect the log.',
      instead: 'let only those who investigate read the log, and delete what was recorded afterwards.',
      atMost: '14d',
      reason: 'arguments are recorded while incident 4711 is looked into',
    },
  },
  'JUJU-CTRL-04': {
    passes:
      'Controller and agents run a release of a series that is maintained, at or above the patched version that the data name for it.',
    needs: { J: controllerLogin },
    waiving: {
      when: 'Right while an upgrade has its date, and the holes that the newer release closes do not open this controller: read its release notes first.',
      instead: 'keep the API to known networks (JUJU-CTRL-06) and the superusers few (JUJU-USER-01).',
      atMost: '30d',
      reason: 'upgraded in the window of 15 January, after a backup',
    },
  },
  'JUJU-CTRL-05': {
    passes: 'agent-ratelimit-max of the controller is more than zero.',
    needs: { J: controllerLogin },
    change: {
      steps: [
        "Runs 'juju controller-config -c CONTROLLER agent-ratelimit-max=LIMIT' with the parameter limit.",
      ],
      rollback: backToBefore,
      cutsOff: nobody,
    },
    waiving: {
      when: 'Right while thousands of agents have to come back after an outage, for hours. A limit that is too small for the estate is better raised: anything above zero passes.',
      instead: 'keep the API to known networks (JUJU-CTRL-06).',
      atMost: '7d',
      reason: 'off until all agents are back after the outage',
    },
  },
  'JUJU-CTRL-06': {
    passes: 'The API is not open to 0.0.0.0/0 or ::/0, unless the parameter worldOpen declares it.',
    needs: { S: controllerModel, J: controllerLogin },
    change: {
      steps: [
        'Does nothing unless the parameter cidrs holds every controller, machine and unit address of all models, and ownAddresses says where Holdfast itself comes from.',
        "Runs 'juju expose -m controller controller --to-cidrs CIDRS'. On Kubernetes it changes nothing: there the service decides.",
      ],
      rollback: 'It is exposed again to the networks of before; where these were spaces, a person does it.',
      cutsOff: 'Clients, agents and other controllers whose addresses are not in the parameter cidrs.',
    },
    waiving: {
      when: 'Right where something outside of Juju limits who reaches port 17070: a firewall of the network, a VPN, a jump host. Name it in the reason.',
      instead: 'try the port from outside on a schedule: what Juju does not govern it cannot show.',
      atMost: '180d',
      reason: 'the firewall of the data centre lets the office networks in only',
    },
  },
  'JUJU-CTRL-07': {
    passes: 'As many controllers vote as the parameter voters asks for: three unless set.',
    needs: { J: controllerModel, S: controllerModel },
    waiving: {
      when: 'Right where an outage of the management is accepted: models go on running without it. Where that is the rule, set the parameter voters.',
      instead: 'back the controller up often and rehearse the restore (JUJU-CTRL-10).',
      atMost: '180d',
      reason: 'one controller is enough for the branch office; restored from backup within a day',
    },
  },
  'JUJU-CTRL-08': {
    passes:
      'No feature flag is set but those of the parameter features, and no model is in development or test mode.',
    needs: { J: 'identities.observer of the controller, with login there and read on the models' },
    waiving: {
      when: 'Right while a fix or a trial needs the flag, with a date. A flag that stays belongs into the parameter features.',
      instead: 'keep such a flag to a controller without production models.',
      atMost: '60d',
      reason: 'the flag works around a known bug until the next patch release',
    },
  },
  'JUJU-CTRL-09': {
    passes:
      'identity-url begins with https and identity-public-key is set, where there is an external identity service at all.',
    needs: { J: controllerLogin },
    waiving: {
      when: 'Right while the models move to a controller that was bootstrapped with both, which is the only way.',
      instead:
        'let external users hold no more than read, and keep the way to the service inside a network of your own.',
      atMost: '60d',
      reason: 'models move to the new controller by the end of the quarter',
    },
  },
  'JUJU-CTRL-10': {
    passes:
      'The audit log of the controller shows a backup made within the parameter age, or a named owner has attested one, and the attestation has not ended.',
    needs: {
      A: owners,
      N: 'auditLogFile of the controller in the policy: the daemon reads there when a backup was made',
    },
    waiving: {
      when: 'Right for a controller whose models can be built anew from code within the time that you allow, data apart.',
      instead: 'rehearse building it anew once a quarter, and keep its models as bundles or Terraform plans.',
      atMost: '90d',
      reason: 'rebuilt from Terraform within two hours; rehearsed each quarter',
    },
  },
};
