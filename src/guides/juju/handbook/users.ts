import type { Handbook } from '../../../core/handbook.js';
import { auditor } from './shared.js';

export const users: Readonly<Record<string, Handbook>> = {
  'JUJU-USER-01': {
    passes:
      'Every enabled superuser is named in the policy, and there are no more of them than the parameter maximum allows.',
    needs: { J: auditor },
    change: {
      steps: [
        "Looks at the user's level first, because a revoke from a lower one would raise it, and that another superuser stays.",
        "Runs 'juju revoke -c CONTROLLER USER superuser', once for each superuser whom the policy does not name; never against an identity of Holdfast's own.",
      ],
      rollback: "'juju grant -c CONTROLLER USER superuser' gives the level back.",
      cutsOff: 'The user, from every model on which nothing was granted to him by name.',
    },
    waiving: {
      when: 'Right while a migration or an incident needs one more superuser for some days. For a superuser who is to stay, name him in users.superusers instead.',
      instead:
        'watch what the user does in the audit log of the controller (JUJU-CTRL-01, JUJU-CTRL-02), and take his level away on the day agreed.',
      atMost: '14d',
      reason: 'a second superuser until the migration to the new controller is done',
    },
  },
  'JUJU-USER-02': {
    passes:
      'Every user of the model holds at most the level that the policy grants him there, and nobody is left out of the policy.',
    needs: { J: auditor },
    change: {
      steps: [
        'Looks at the level held first: nobody is touched who holds no more than the policy grants.',
        "Runs 'juju revoke USER LEVEL MODEL' once, naming the level just above the one that the policy grants, which is what it leaves, however often it is run; never against the last administrator of the model, nor an identity of Holdfast's own.",
      ],
      rollback: "'juju grant USER LEVEL MODEL' gives the level back that was held.",
      cutsOff: 'The user, from what only the higher level allows; from the model where nothing is granted.',
    },
    waiving: {
      when: 'Right for somebody who stands in for another for a known time. Whoever is to keep the level belongs under users.grants.',
      instead: 'see to it that the audit log of the controller records what he does (JUJU-CTRL-01).',
      atMost: '30d',
      reason: 'stands in for the on-call engineer until the end of the month',
    },
  },
  'JUJU-USER-03': {
    passes:
      'Every enabled user has connected within the parameter age; one who never did is younger than neverAge.',
    needs: { J: auditor },
    change: {
      steps: [
        "Runs 'juju disable-user -c CONTROLLER USER' for each stale user; never for service accounts, for the last enabled superuser, or for an identity of Holdfast's own.",
      ],
      rollback: "'juju enable-user -c CONTROLLER USER': the levels that were granted are kept meanwhile.",
      cutsOff: 'The user, whose sessions end at once.',
    },
    waiving: {
      when: 'Right for somebody who is away and comes back (leave, a project that rests). A program belongs under users.serviceAccounts, and a habit of rare use into the parameter age.',
      instead:
        'disable the account until he is back, which takes nothing from him; a waiver is for accounts that must stay usable.',
      atMost: '90d',
      reason: 'on leave until spring; needed at once when called back',
    },
  },
  'JUJU-USER-04': {
    passes:
      'Each account under rotation got a new password within the time that the policy sets; of the others a named person has stated it.',
    needs: {
      J: auditor,
      N: 'accounts named under rotation in the policy: then the journal tells when each password was changed',
    },
    change: {
      steps: [
        "Makes up a password and keeps it first: in the Juju secret that the rule names, or in the credentials file where the account is one of Holdfast's own.",
        'Sets it, on standard input and never as an argument.',
        'Counts it as done when a fresh login with it is let in, and one with the old password is not. It ends no session.',
      ],
      rollback: 'None: a password that was replaced is gone. It always needs an approval.',
      cutsOff: 'Whoever still uses the old password, from his next login on.',
    },
    waiving: {
      when: 'Right for an account whose users cannot read a new password yet, as long as it takes to teach them. Never for a password that is known to have leaked.',
      instead: 'keep the account to the lowest level that does (JUJU-USER-02), and watch its logins.',
      atMost: '30d',
      reason: 'the deployment pipeline reads its password from a file until it can read the secret',
    },
  },
  'JUJU-USER-05': {
    passes: 'No option of the application whose name says that it holds a secret is set in plain text.',
    waiving: {
      when: 'Right while the charm has no revision that takes a Juju secret there. An option that only sounds like a secret belongs into the parameter harmless instead.',
      instead:
        'keep the readers of the model few (JUJU-USER-02), and change what the option holds more often than you would otherwise.',
      atMost: '90d',
      reason: 'the charm takes no secret for this option before its next release',
    },
  },
  'JUJU-USER-06': {
    passes:
      'Who administers a cloud, or may add models to it, is named in the parameters, and nobody else holds either.',
    needs: { J: auditor },
    change: {
      steps: [
        "Runs 'juju revoke-cloud USER LEVEL CLOUD' for each user who holds more than declared; never against an identity of Holdfast's own.",
      ],
      rollback: "'juju grant-cloud USER LEVEL CLOUD' gives the level back.",
      cutsOff: 'The user, from adding models or from administering the cloud; his models go on running.',
    },
    waiving: {
      when: 'Right while somebody builds up models for a known time. Whoever goes on adding models belongs into the parameters.',
      instead: 'set a quota on the side of the cloud for the credential that is used.',
      atMost: '30d',
      reason: 'adds the models of the new region until the roll-out ends',
    },
  },
  'JUJU-USER-07': {
    passes:
      'The user admin is disabled, or the journal shows that Holdfast changed its password, or a named person states that it was changed since bootstrap.',
    needs: { J: auditor },
    waiving: {
      when: 'Hardly ever right: the change takes a minute. Right only for a controller that is to be thrown away within days.',
      instead:
        'keep the machine that bootstrapped, whose file accounts.yaml holds the password, from everybody else.',
      atMost: '14d',
      reason: 'the controller is replaced next week',
    },
  },
  'JUJU-OFFER-01': {
    passes:
      'Every user who may reach an offer is named for it in the policy, and none is open to everyone unless that is declared.',
    needs: {
      J: 'identities.auditor (or admin on the model): Juju shows the users of an offer to nobody else',
    },
    change: {
      steps: [
        "Runs 'juju revoke USER LEVEL OFFER' for each user whom the policy does not name for the offer.",
      ],
      rollback:
        "'juju grant USER LEVEL OFFER' gives the level back; relations that were suspended are resumed by hand.",
      cutsOff: 'The user, with the applications that are related over the offer.',
    },
    waiving: {
      when: 'Right while consumers move to an offer of their own. Consumers who are to stay belong under users.offers.',
      instead: 'limit the networks from which consumers come in (JUJU-MODEL-02).',
      atMost: '30d',
      reason: 'the old consumers move to their own offer this month',
    },
  },
  'JUJU-SELF-01': {
    passes:
      "Each of Holdfast's identities holds on every model at most what the parameter of its role allows.",
    needs: { J: 'nothing more: each identity sees its own level' },
    waiving: {
      when: 'Right while one login is shared by two roles until each has a user of its own. A role that really needs more belongs into the parameters.',
      instead: 'watch the logins of that user in the audit log of the controller (JUJU-CTRL-01).',
      atMost: '30d',
      reason: 'observer and auditor share a user until the new accounts are approved',
    },
  },
};
