/** What the handbooks of several guides say in the same words. */
import type { Change, Handbook } from '../../core/handbook.js';

type Needs = NonNullable<Handbook['needs']>;

/** For options of applications, and for what stands in other applications' options. */
export const backToBefore = 'The option gets the value back that it had, or is reset where it had none.';

export const nobody = 'Nobody.';

/** Relations that are removed again on failure, with nothing lost. */
export const relationRemoved = "'juju remove-relation' takes the relation away again.";

/** Needed where the other end is in another model. */
export const bothModels = 'identities.observer with read on the model, and on the models of the other ends';

export const attestation: Needs = {
  A: "an entry under attestations of the policy, with 'match: { control: ID }', statement, owner, attested and expires; without one it stays for a person",
};

export const refreshChange: Change = {
  steps: [
    "Runs the charm's own check on the leader (pre-refresh-check or pre-upgrade-check), and keeps the way back that it prints.",
    "Where the charm has pause-after-unit-refresh, sets it to first; then runs 'juju refresh' to the revision that was offered (on Kubernetes to what the channel holds), never to another track or risk.",
    'Waits for the refreshed unit to be well and, where the charm has such an action, runs resume-refresh or resume-upgrade, so that the others follow. Each of these is a step with its own look at the rails; one approval is enough for all.',
  ],
  rollback:
    "None by itself: data may have changed by then. The plan names the charm's own way back, as its check printed it.",
  cutsOff:
    'Clients of each unit while it restarts, one unit after the other; all of them where there is one unit only.',
};

/** A charm that is behind its channel. */
export function behind(charm: string): Handbook {
  return {
    passes: `Nothing newer has been out for ${charm} in its channel for longer than the parameter age, and no refresh hangs.`,
    change: refreshChange,
    waiving: {
      when: 'Right while a newer revision is held back on purpose, because it breaks something or its rehearsal is not over.',
      instead:
        'read the release notes of what is held back, and close by other means the holes that it mends; the way to its ports first.',
      atMost: '30d',
      reason: 'the newer revision is on trial in staging until the end of the month',
    },
  };
}

export function landscape(units: string): Handbook {
  return {
    passes: `A landscape-client is related to ${units}, beside every unit, and each says that it is registered.`,
    change: {
      steps: [
        "Runs 'juju integrate' with the landscape-client of the model where there is exactly one, on the same base. It deploys none.",
      ],
      rollback: relationRemoved,
      cutsOff: nobody,
    },
    waiving: {
      when: 'Right where something else installs and shows the security updates of the machines. Name it in the reason.',
      instead:
        'see that no update is overdue on the machines by looking into them (the control of pending updates beside this one).',
      atMost: '180d',
      reason: 'unattended-upgrades and our own patch reports do it',
    },
  };
}

export function ubuntuPro(units: string): Handbook {
  return {
    passes: `Every machine of ${units} is attached to Ubuntu Pro, with esm-infra and esm-apps on.`,
    change: {
      steps: [
        "Runs 'juju integrate' with the ubuntu-pro (or ubuntu-advantage) of the model where there is exactly one, on the same base. It deploys none, and handles no token.",
      ],
      rollback: relationRemoved,
      cutsOff: nobody,
    },
    waiving: {
      when: 'Right while the base is in its standard support and nothing of universe is installed beside the charm, or where machines are attached without a charm that shows it.',
      instead:
        'look at what is pending on each machine once a month: pro security-status tells it without a subscription, too.',
      atMost: '180d',
      reason: 'the image attaches itself; pro status was looked at on 1 December',
    },
  };
}

export function updatesInstalled(order: string): Handbook {
  return {
    passes:
      'No unit has a security update that has been pending for longer than the parameter age, nor a restart that one asks for.',
    waiving: {
      when: 'Right while an update is held back because it breaks the workload, or until a restart has its window.',
      instead: `say which update it is in the reason, and let nobody log in to the machines meanwhile who need not; then install it ${order}.`,
      atMost: '14d',
      reason: 'the kernel restart waits for the window of next Sunday',
    },
  };
}

/** The image or snap that a charm revision pins; `base` ends the sentence where the control judges that, too. */
export function pinned(what: string, base = ''): Handbook {
  return {
    passes: `Every unit of ${what} runs the image, or on machines the held revision of the snap, that the deployed charm revision pins${base}.`,
    needs: {
      K: 'an entry under clusters in the policy, so that the images of the pods are seen; on machines nothing',
      W: 'identities.prober and an entry under workload, on machines only: there the snap is seen',
    },
    waiving: {
      when: 'Right while a fix from the makers is on trial that no revision pins yet. Whoever put another image or snap there by hand should have a reason and an end.',
      instead: 'watch for advisories yourself: what is pinned by nobody is mended by nobody.',
      atMost: '30d',
      reason: 'a hotfix of the vendor, until the next charm revision pins it',
    },
  };
}

export const cosNeeds: Needs = {
  S: bothModels,
  O: 'an entry under observability with the addresses of Prometheus and Loki: then what arrives is judged, too, not the relations alone',
};

export const cosChange: Change = {
  steps: [
    "Runs 'juju integrate' with the collector of the model where exactly one fits or the parameter collector names it, endpoint by endpoint.",
    'Relates the collector onward with the remote application that the parameter cos names, or the only consumed one that takes the signal. It deploys nothing and consumes no offer by itself.',
  ],
  rollback: relationRemoved,
  cutsOff: nobody,
};

/** Metrics, logs and dashboards on their way to COS. */
export function observed(what: string, signals: string): Handbook {
  return {
    passes: `${signals} of ${what} go by relations to a collector and on to COS; where a stack may be asked, its targets are up and its newest log line is young.`,
    needs: cosNeeds,
    change: cosChange,
    waiving: {
      when: 'Right where another system watches it, and while COS is being built. A pattern for models of trials is better a rule with enabled: false.',
      instead:
        'name the other system in the reason, and see that it alerts on units that are down and on failed logins.',
      atMost: '90d',
      reason: 'watched by the monitoring of the data centre until COS is there',
    },
  };
}

/** COS apart from what it watches. */
export function apart(what: string): Handbook {
  return {
    passes: `Every end of the way to COS is as far from ${what} as the parameter cosIsolation asks: another model, controller or cloud.`,
    needs: { S: bothModels },
    waiving: {
      when: 'Right for small estates in which one controller is all there is. If that is to stay, set cosIsolation to model.',
      instead: 'have an alert outside of it that fires when COS itself falls silent (a dead man’s switch).',
      atMost: '365d',
      reason: 'a second controller comes with the new site; an outside probe watches COS meanwhile',
    },
  };
}

export const providerNeeds: Needs = {
  S: bothModels,
  J: 'identities.observer with read on the model of the provider, whose options tell whether it signs IP addresses',
};

/** What a TLS provider must be, and what it is waived for. */
export const providerWaiving = {
  when: 'Right while the PKI for production is being built and a self-signed CA stands in for it, as long as its key is guarded. A manual provider that somebody looks after belongs into the parameter manualOwner instead.',
  instead:
    'let every client verify that very CA and no other, note when its certificates end, and leave the relation alone until it is replaced: leaving a provider passes through plain text.',
  atMost: '90d',
  reason: 'self-signed until Vault is in production in spring',
} as const;

const shownByPorts =
  'Counts it as done only when the ports themselves answer as wanted; where they cannot be reached it ends as NeedsReview.';

/** Switching TLS on by a relation; `end` says when it counts as done. */
export function tlsRelationChange(endpoints: string, cutsOff: string, end = shownByPorts): Change {
  return {
    steps: [
      'Takes the provider that the parameter provider names, or the only one in the model that is graded for production, idle and signs IP addresses; a self-signed one only with allowSelfSigned. Where none fits it proposes nothing.',
      `Runs 'juju integrate' between it and ${endpoints}, and waits until all units are active and idle.`,
      end,
    ],
    rollback:
      'Taking the relation away returns to plain text, so that it is left to a person; only where the change took the application down and the policy sets limits.plaintextRollback does Holdfast do it.',
    cutsOff,
  };
}

/** A relation with a TLS provider, before there is one. */
export function tlsWaiving(meanwhile: string): Handbook['waiving'] {
  return {
    when: 'Right while clients are being given certificates or taught to speak TLS, with a date for the last of them. Never for a deployment that others than its own network can reach.',
    instead: meanwhile,
    atMost: '60d',
    reason: 'the last client learns TLS in January; switched on in the window after',
  };
}

export const storeChange: Change = {
  steps: [
    "Runs 'juju integrate' with the integrator that the parameter integrator names, or the only s3-integrator of the model that is active and idle. It deploys none, and handles no keys.",
  ],
  rollback: relationRemoved,
  cutsOff: nobody,
};

export const transportChange: Change = {
  steps: [
    "Runs 'juju config S3_INTEGRATOR endpoint=URL' with the address of the parameter endpoint, which has to begin with https.",
  ],
  rollback: `${backToBefore} Where that address holds a user's name, a person does it.`,
  cutsOff: 'Backups of all applications behind the same integrator, where the store does not answer there.',
};

/** Backups over https. */
export function transport(app: string): Handbook {
  return {
    passes: `The integrator of ${app} names an endpoint that begins with https, or none, which means AWS over https.`,
    needs: {
      S: bothModels,
      J: 'identities.observer with read on the model of the integrator, whose option tells the endpoint',
    },
    change: transportChange,
    waiving: {
      when: 'Right where the way to the store never leaves a network that only machines of the store and of this model share, until the store has https.',
      instead: 'have the store encrypt at rest, and give the keys of the bucket to this application alone.',
      atMost: '60d',
      reason: 'the store is in the same rack and gets https with its next release',
    },
  };
}

export const exposureChange: Change = {
  steps: [
    "Runs 'juju expose APPLICATION --to-cidrs CIDRS' with the networks of the parameter cidrs, or 'juju unexpose APPLICATION' where none are declared.",
  ],
  rollback: 'It is exposed again as before; where that was to spaces, or was not read, a person does it.',
  cutsOff: 'Whoever connects from an address that is no longer let in: the plan names the networks.',
};

/** Files that the charm writes with too many rights. */
export function filesWaiving(files: string): Handbook['waiving'] {
  return {
    when: `Right as long as the charm writes ${files} so, which a change by hand does not outlast, and nobody logs in to these units but their administrators.`,
    instead:
      'let only known SSH keys onto the machines and few users administer the model: whoever may run commands on a unit reads the file whatever its mode.',
    atMost: '180d',
    reason: 'the charm writes the mode; only administrators have a shell on these units',
  };
}

/** Settings that only the charm writes. */
export const charmWrites =
  'Right where the charm writes the setting and has no option for it, until a revision that does better.';
