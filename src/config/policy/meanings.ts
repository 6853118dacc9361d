/** What the keys of `limits`, `pace` and `defaults` mean: for editors by the JSON Schema, and for the reference. */
import { durationText } from '../../core/duration.js';
import { defaultPace } from '../../core/policy/policy.js';
import { defaultRails } from '../../core/policy/rails.js';
import { limitDurations, type limitCounts, type paceDurations } from './words.js';

type PaceKey = (typeof paceDurations)[number];
type LimitKey = (typeof limitCounts)[number] | (typeof limitDurations)[number];

const pace: Readonly<Record<PaceKey, string>> = {
  poll: 'Between two looks at a model while something changes there.',
  pollIdle: 'Between two looks at a model in which nothing changes: the pause grows up to this.',
  slowFacts: 'Between two looks at what a status does not show: users, settings, secrets, offers.',
  maxAge: 'What was not read for so long is not believed any more: it is unknown.',
  probe: 'Between two knocks at the ports of the units.',
  verifyDeadline: 'How long the effect of a change is waited for.',
  verifyLook: 'Between two looks while it is waited for.',
  quiet: 'How long a model has to be at rest before a change counts as settled.',
  callDeadline: "For one call of a controller's API.",
  cliDeadline: 'For one call of juju; a call that waits for an action has longer.',
  retryFirst: 'Before the first retry after a failure; each further one waits longer.',
};

const limits: Readonly<Record<LimitKey, string>> = {
  applications: 'Applications that one plan may touch. A plan that reaches further is refused whole.',
  percent: "How much of a model's applications one plan may touch, rounded up to one at least.",
  units: 'Units of the applications that one plan touches.',
  actions: 'Actions of one plan.',
  perHour: 'Changes on one controller in any hour.',
  attempts: 'Attempts within attemptWindow; then the control is quarantined there.',
  attemptWindow: 'For attempts.',
  failures: 'Failures in one model within failureWindow; then nothing is changed there for coolDown.',
  failureWindow: 'For failures.',
  coolDown: 'How long nothing is changed after too many failures; then one attempt decides.',
  flips:
    'How often something may come back after it was put right, within flipWindow, until it counts as a fight.',
  flipWindow: 'For flips.',
  approvalValidity: 'How long an approval counts, unless the person says.',
  backupAge: 'How old the last backup may be that a restart rests on; not asked for unless given.',
};

export const meanings = {
  mode: 'observe: findings only. propose: plans, too. enforce: plans are carried out, as far as every rail lets them.',
  disruptive:
    'What a step needs that restarts something or cuts somebody off: an approval, a window that allows it, or nothing (allow).',
  profile: 'How much the controls ask for: baseline, or strict.',
  rollback: `Whether what was not seen to work is undone where that is safe; ${defaultRails.rollback} unless given.`,
  plaintextRollback: `Whether encryption may be rolled back when it took the application down; ${String(defaultRails.plaintextRollback)} unless given.`,
} as const;

export function paceMeaning(key: PaceKey): string {
  return withDefault(pace[key], durationText(defaultPace[key]));
}

export function limitMeaning(key: LimitKey): string {
  const value = defaultRails[key];
  if (value === undefined) return limits[key];
  return withDefault(limits[key], isDuration(key) ? durationText(value) : String(value));
}

function isDuration(key: LimitKey): boolean {
  return limitDurations.some((duration) => duration === key);
}

/** `For one call; 30s unless given.` */
function withDefault(text: string, value: string): string {
  return `${text.replace(/\.$/, '')}; ${value} unless given.`;
}
