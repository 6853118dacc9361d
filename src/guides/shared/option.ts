import type { Action, Remedy, Undo } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { ConfigOption } from '../../core/snapshot.js';
import { modelRef } from './model-ref.js';

/** What an option of a charm should be. */
export interface OptionQuestion {
  /** The option's spellings, the newer first: a charm may know both, and then the first that has a value counts. */
  readonly names: readonly string[];
  /** The values that will do, the one to set first. */
  readonly allowed: readonly [string, ...string[]];
  /** The reason code when it is another. */
  readonly reason: string;
}

/** The reasons that `optionJudgement` gives besides the question's own. */
export const optionReasons = {
  OptionNotShown: 'The option has no value in what was read, or its value was left out.',
} as const;

/** Whether an option has one of the allowed values. An option without a value proves nothing: charms change defaults. */
export function optionJudgement(app: ApplicationView, question: OptionQuestion): Judgement {
  const { names, allowed, reason } = question;
  const wanted = `${names[0] ?? ''} ${allowed.join(' or ')}`;
  const config = app.get('config');
  if (!isKnown(config)) return notSeen(config, wanted);
  const found = optionIn(app, names);
  if (found === undefined) {
    return unsettled(
      'OptionNotShown',
      `the option ${names.join(' or ')} of ${app.name} is not shown`,
      evidenceOf(config, 'not shown', wanted),
    );
  }
  const { name, text } = found;
  const seen = evidenceOf(config, `${name} ${text}`, wanted);
  if (allowed.includes(text)) return pass(`${name} of ${app.name} is ${text}`, seen);
  return fail(reason, `${name} of ${app.name} is ${text}, not ${allowed.join(' or ')}`, seen);
}

interface FoundOption {
  readonly name: string;
  /** In lower case: the charms take switches and names in any. */
  readonly text: string;
  readonly option: ConfigOption;
}

/** The first spelling that has a value which was kept. */
export function optionIn(app: ApplicationView, names: readonly string[]): FoundOption | undefined {
  const config = valueOf(app.get('config'));
  for (const name of names) {
    const option = config?.[name];
    const { value } = option ?? {};
    if (option === undefined || option.redacted === true || value === '') continue;
    if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
      return { name, text: String(value).toLowerCase(), option };
  }
  return undefined;
}

/** What setting the option means to those who rely on it. */
export interface OptionChange extends OptionQuestion {
  readonly effect: string;
  readonly disruptive: boolean;
  readonly cutsOff: readonly string[];
  /** The first allowed value as the charm spells it, where that is not in lower case. */
  readonly spelled?: string;
}

/** Sets the option in the spelling that counts; undone by what it was before. Nothing where it is as wanted. */
export function optionRemedy(app: ApplicationView, change: OptionChange): readonly Remedy[] {
  const { names, allowed, effect, disruptive, cutsOff } = change;
  const ref = modelRef(app.model);
  const found = optionIn(app, names);
  if (ref === undefined || found === undefined || allowed.includes(found.text)) return [];
  const key = { model: ref, application: app.name, key: found.name };
  return [
    {
      action: { type: 'set-config', ...key, value: change.spelled ?? allowed[0] },
      undo: optionUndo(key, found.option),
      effect,
      risk: disruptive ? 'medium' : 'low',
      disruptive,
      repeatable: true,
      cutsOff,
      preconditions: [{ type: 'application-settled', application: app.name }],
    },
  ];
}

/** What takes a setting back: the option as it was, or reset where nobody had set it. */
export function optionUndo(
  key: Omit<Extract<Action, { type: 'reset-config' }>, 'type'>,
  before: ConfigOption,
): Undo {
  if (before.source !== 'user') return { inverse: [{ type: 'reset-config', ...key }] };
  // A value that begins with @ would be read by juju as the name of a file of ours.
  if (String(before.value).startsWith('@'))
    return { irreversible: 'the value before cannot be given to juju as it is' };
  return { inverse: [{ type: 'set-config', ...key, value: String(before.value) }] };
}
