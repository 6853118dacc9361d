import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, type Judgement } from '../../core/judgement.js';

/** The reasons that `bindingJudgement` gives. */
export const bindingReasons = {
  UndeclaredSpace: 'An endpoint is bound to a network space that the policy does not declare for it.',
} as const;

/** Whether every endpoint is bound to a declared space. Where the policy declares none, any will do. */
export function bindingJudgement(app: ApplicationView, spaces: readonly string[]): Judgement | undefined {
  if (spaces.length === 0) return undefined;
  const wanted = `endpoints bound to ${spaces.join(', ')}`;
  const bindings = app.get('bindings');
  if (!isKnown(bindings)) return notSeen(bindings, wanted);
  const stray = Object.entries(bindings.value).filter(([, space]) => !spaces.includes(space));
  const text = stray
    .map(([endpoint, space]) => `${endpoint === '' ? 'default' : endpoint} in ${space}`)
    .join(', ');
  if (stray.length === 0)
    return pass(`${app.name} is bound to declared spaces`, evidenceOf(bindings, spaces.join(', '), wanted));
  return fail(
    'UndeclaredSpace',
    `${app.name} has endpoints in undeclared spaces: ${text}`,
    evidenceOf(bindings, text, wanted),
  );
}
