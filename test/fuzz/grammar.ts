/** Inputs that come of no sound one: of grammars, and of shapes that parsers have stumbled over elsewhere. */
import fc from 'fast-check';
import { hostileKeys, hostileTexts } from '../support/hostile-texts.js';

/** Marks of the languages that are read. */
const marks = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    "'",
    '\n',
    '\r\n',
    '\t',
    ' ',
    '  ',
    '- ',
    '? ',
    '|',
    '>',
    '&a ',
    '*a',
    '<<: ',
  ],
  ...[
    '!',
    '!!binary ',
    '#',
    '%',
    '@',
    '`',
    '---\n',
    '...\n',
    '\\',
    '\\u0000',
    '=',
    ';',
    '$',
    '${',
    '(',
    ')',
    '/',
    '..',
  ],
  ...[
    'null',
    'true',
    '~',
    '0',
    '-1',
    '1e999',
    '0x1f',
    '.inf',
    '2026-11-22T04:00:00Z',
    '\u0000',
    '\ufeff',
    '\ud800',
  ],
];

/** Texts of marks, words and harm; JSON with these words as keys. */
export function grammars(words: readonly string[]): fc.Arbitrary<string> {
  const word = fc.constantFrom(...words);
  const tokens = fc
    .array(
      fc.oneof(
        word,
        fc.constantFrom(...marks),
        fc.constantFrom(...hostileTexts),
        fc.string({ maxLength: 6 }),
      ),
      {
        maxLength: 80,
      },
    )
    .map((parts) => parts.join(''));
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.constantFrom(null, true, false, 0, 1.5, -1, '', ...hostileTexts),
      word,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(word, fc.constantFrom(...hostileKeys)), tie('tree'), { maxKeys: 5 }),
    ),
  }));
  const lines = fc
    .array(
      fc.tuple(
        fc.nat(6),
        word,
        fc.constantFrom(': ', ':\n', ' = ', '=', '\t'),
        fc.oneof(word, fc.constantFrom(...hostileTexts)),
      ),
    )
    .map((all) =>
      all.map(([depth, key, between, value]) => `${'  '.repeat(depth)}${key}${between}${value}`).join('\n'),
    );
  return fc.oneof(
    tokens,
    tree.map((value) => JSON.stringify(value)),
    lines,
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
}

function repeated(text: string, length: number): string {
  return text.repeat(Math.max(1, Math.floor(length / text.length)));
}

/** Shapes on which stacks, regular expressions and tables break, each of about that many bytes. */
export function shapes(length: number): readonly string[] {
  const half = Math.floor(length / 2);
  return [
    '',
    repeated('[', length),
    repeated('{"a":', length),
    `${repeated('[', half)}${repeated(']', half)}`,
    `${'{"a":'.repeat(Math.floor(length / 6))}1${'}'.repeat(Math.floor(length / 6))}`,
    `{"a": ${repeated('[', half)}${repeated(']', half)}}`,
    repeated('{a: ', length),
    repeated('- ', length),
    repeated('? ', length),
    Array.from({ length: Math.floor(Math.sqrt(length)) }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
    Array.from({ length: 14 }, (_, n) => `k${n}: &k${n} [${`*k${n - 1},`.repeat(n === 0 ? 0 : 9)}]`).join(
      '\n',
    ),
    `a: &a [*a]\n`,
    `{${Array.from({ length: Math.floor(length / 14) }, (_, n) => `"key${n}": 1`).join(',')}}`,
    Array.from({ length: Math.floor(length / 10) }, (_, n) => `key${n}: 1`).join('\n'),
    repeated('"', length),
    repeated('\\', length),
    repeated('\n', length),
    repeated(' ', length),
    repeated('a', length),
    repeated('a.', length),
    repeated('a/', length),
    repeated('a=a\n', length),
    repeated('0', length),
    repeated('---\n', length),
    repeated('!', length),
    repeated('*', length),
    repeated('\u0000', length),
    repeated('\u202e', length),
    repeated('\ud83d\ude00', length),
    `"${repeated('a ', length)}"`,
    `{"kind":"${repeated('-', length)}"}`,
    `["${repeated('x', length)}"]`,
    `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`,
  ];
}
