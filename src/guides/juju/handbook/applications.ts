import type { Handbook } from '../../../core/handbook.js';
import { refreshChange } from '../../shared/handbook.js';

export const applications: Readonly<Record<string, Handbook>> = {
  'JUJU-APP-01': {
    passes:
      'The application is not trusted, or its charm is known to need it, or the parameter allowed names it.',
    change: {
      steps: ["Runs 'juju trust APPLICATION --remove', on Kubernetes with --scope=cluster."],
      rollback: "'juju trust APPLICATION' gives it back.",
      cutsOff: "The charm, from the cloud's credential; nobody else.",
    },
    waiving: {
      when: 'Right while you find out whether the charm needs it. If it does, name it in the parameter allowed, with the reason in the rule.',
      instead: 'keep who may change the charm few: its next revision gets the credential, too.',
      atMost: '30d',
      reason: 'the maintainers of the charm were asked whether it needs trust',
    },
  },
  'JUJU-APP-02': {
    passes:
      'The application is not exposed, or only to the networks that the parameter declared names for it.',
    change: {
      steps: [
        "Runs 'juju expose APPLICATION --to-cidrs CIDRS' with the declared networks, endpoint by endpoint where it is exposed so, or 'juju unexpose APPLICATION' where none are declared.",
      ],
      rollback: 'It is exposed again as before; where that was to spaces, a person does it.',
      cutsOff: 'Whoever connects from an address that is no longer let in: the plan names the networks.',
    },
    waiving: {
      when: 'Right while the networks of the clients are being found out. What is to stay open belongs into the parameter declared.',
      instead: 'see to it that the application itself asks everyone for credentials, over TLS.',
      atMost: '30d',
      reason: 'the addresses of the partners are collected until the end of the month',
    },
  },
  'JUJU-APP-03': {
    passes: 'The risk of the channel is stable, or one that the parameter risks names.',
    waiving: {
      when: 'Right for a charm that has nothing in stable yet (Charmed etcd was long published in edge only), or for a fix that is not there yet. For a whole model of trials set the parameter risks.',
      instead: 'refresh such charms by hand after reading what changed, and rehearse it first (EBP-UPD-02).',
      atMost: '60d',
      reason: 'the fix is in candidate only; back to stable with the next release',
    },
  },
  'JUJU-APP-04': {
    passes:
      'Charmhub shows nothing newer in its channel that has been out for longer than the parameter age, no advisory names its revision, and no refresh hangs.',
    change: refreshChange,
    waiving: {
      when: 'Right while a newer revision is held back on purpose, because it breaks something or its rehearsal is not over.',
      instead:
        'read the release notes of what is held back, and close by other means the holes that it mends.',
      atMost: '30d',
      reason: 'revision 812 breaks our backups; waiting for the next one',
    },
  },
  'JUJU-APP-05': {
    passes:
      "No secret with a rotation policy is overdue, and the newest revision of every user's secret is younger than the parameter age.",
    waiving: {
      when: 'Right for a secret whose other side cannot be changed at the moment, such as a key of a partner.',
      instead: 'look at who may read the secret, and take the grants away that are not needed.',
      atMost: '60d',
      reason: 'the partner issues new keys in January only',
    },
  },
  'JUJU-APP-06': {
    passes: 'The charm is not in the list of retired charms, or is still maintained on its base.',
    waiving: {
      when: 'Right while the move to the charm that takes its place is under way, with a date.',
      instead:
        'let nobody but its own clients reach it (JUJU-APP-02), and watch for advisories about what it runs.',
      atMost: '90d',
      reason: 'replaced by opentelemetry-collector model by model until March',
    },
  },
  'JUJU-APP-07': {
    passes:
      'Charmhub names a publisher of the charm whom the parameter publishers knows; or a named owner answers for where it came from.',
    waiving: {
      when: 'Right for a charm of your own that stays unlisted. Attest who answers for it instead where you can.',
      instead: 'review its code at each revision, as you would for a program that runs as root.',
      atMost: '180d',
      reason: 'our own charm; reviewed at each merge',
    },
  },
};
