/** Whether the labels that are known of an alert meet conditions of Alertmanager. */
import type { Dict } from '../../../core/dict.js';
import type { LabelMatcher } from '../../../core/observability/stack.js';

/** `perhaps`: it depends on labels that only the firing alert has, or on a pattern that is not tried here. */
export type Sure = 'yes' | 'no' | 'perhaps';

/** Whether all conditions hold. */
export function allMatch(matchers: readonly LabelMatcher[], labels: Dict<string>): Sure {
  const answers = matchers.map((matcher) => matches(matcher, labels));
  if (answers.includes('no')) return 'no';
  return answers.includes('perhaps') ? 'perhaps' : 'yes';
}

function matches({ label, value, isRegex, isEqual }: LabelMatcher, labels: Dict<string>): Sure {
  const known = labels[label];
  if (known === undefined || known.includes('{{')) return 'perhaps';
  const fits = isRegex ? fitsPattern(value, known) : known === value;
  if (fits === undefined) return 'perhaps';
  return fits === isEqual ? 'yes' : 'no';
}

/** Names with `.*`, `.+`, `.` and `|` between them. */
const simple = /^(?:[\w /:@=,&%#~-]|\\[.\-/]|\.[*+]?|\|)*$/;

/**
 * Patterns of others are not run as they are: one that is made for it takes for ever. Those that people write are
 * understood; undefined for any other. They hold for the whole value (Alertmanager anchors them).
 */
function fitsPattern(pattern: string, value: string): boolean | undefined {
  const bare = pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/^\(([^()]*)\)$/, '$1');
  if (!simple.test(bare)) return undefined;
  return bare.split('|').some((one) => fitsTokens(tokensOf(one), value));
}

/** A character, any one, or any number of any. */
type Token = { readonly is: string } | 'one' | 'any';

/** A dot stands for any character, and a literal one has a backslash before it. */
function tokensOf(pattern: string): readonly Token[] {
  return [...pattern.matchAll(/\\(.)|\.\*|\.\+|[^]/g)].flatMap(([token, literal]): readonly Token[] => {
    if (literal !== undefined) return [{ is: literal }];
    if (token === '.*') return ['any'];
    if (token === '.+') return ['one', 'any'];
    return token === '.' ? ['one'] : [{ is: token }];
  });
}

/** Goes back to the last `any` only, which is enough: it never takes longer than both lengths multiplied. */
function fitsTokens(tokens: readonly Token[], value: string): boolean {
  let [at, token] = [0, 0];
  let last: { readonly token: number; readonly at: number } | undefined;
  while (at < value.length) {
    const next = tokens[token];
    if (next === 'any') {
      last = { token, at };
      token += 1;
    } else if (next !== undefined && (next === 'one' || next.is === value[at])) {
      at += 1;
      token += 1;
    } else if (last === undefined) return false;
    else {
      last = { token: last.token, at: last.at + 1 };
      at = last.at;
      token = last.token + 1;
    }
  }
  return tokens.slice(token).every((rest) => rest === 'any');
}
