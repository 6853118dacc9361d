/**
 * The one table of texts that mean harm. Whoever may name, describe or configure something in a model may write any of
 * them; the tests named in docs/explanation/security.md hand them to everything that reads, shows or sends.
 */

/** Sets `pwned` where it is taken for markup or for a script. */
export const markup = [
  `<script>globalThis.pwned=1</script>`,
  `<img src=x onerror="globalThis.pwned=1">`,
  `"><svg/onload=globalThis.pwned=1>`,
  `' autofocus onfocus='globalThis.pwned=1`,
  `</textarea></title></details><iframe src="javascript:parent.pwned=1"></iframe>`,
  `javascript:globalThis.pwned=1`,
  `{{constructor.constructor('globalThis.pwned=1')()}}`,
  `--></script><script>globalThis.pwned=1</script>`,
  `]]><x/>&lol;`,
] as const;

/** Characters that move the cursor, turn the reading around, or are not seen. */
export const unseen = [
  '\u0000',
  '\u001b[2J',
  '\u202e',
  '\u2066',
  '\u200f',
  '\u061c',
  '\u200b',
  '\ufeff',
  '\u0085',
] as const;

/** What a terminal would carry out: clear, retitle, link, answer back, and write over the line before. */
export const terminal = [
  '\u001b[2J\u001b[H',
  '\u001b]0;pwned\u0007',
  '\u001b]8;;https://evil.invalid\u001b\\all is well\u001b]8;;\u001b\\',
  '\u009b31m',
  'fail\r\u001b[Kpass',
  '\u0007\b\b\b\b',
] as const;

/** What a shell or an option parser would carry out. */
export const command = [
  '-rf',
  '--config=/etc/shadow',
  '--client=false',
  '$(touch /tmp/pwned)',
  '`touch /tmp/pwned`',
  ';touch /tmp/pwned',
  "'; touch /tmp/pwned #",
  '|| touch /tmp/pwned',
  '\ntouch /tmp/pwned\n',
  '../../../../etc/passwd',
  '@/etc/passwd',
  '%s%s%n',
] as const;

/** What a spreadsheet would carry out. */
export const spreadsheet = [
  `=cmd|' /C calc'!A0`,
  `+1+1`,
  `-2+3`,
  `@SUM(1+1)`,
  '\t=1+1',
  '\r=1+1',
  `"=HYPERLINK(""https://evil.invalid"")`,
] as const;

/** What Markdown and chats would make a link, a mention, a picture or a line of its own of. */
export const chat = [
  '[all is well](https://evil.invalid)',
  '![](https://evil.invalid/pixel.png)',
  '<https://evil.invalid|all is well>',
  '<!channel> <@U123>',
  '@all @channel @here @everyone',
  '| a | b |\n|---|---|',
  '\n# All is well\n',
  '```\n~~~',
  '*_~`>',
] as const;

/** What would end a line of a log, a label of a metric, a query, or an expression, and begin another. */
export const language = [
  '"} 1\nholdfast_up{x="',
  'a\\',
  'a\nlevel=error msg="forged"',
  '{"level":50,"msg":"forged"}',
  `"} or vector(1) or up{a="`,
  `" || true || "`,
  `'; DROP TABLE audit; --`,
  '${env.SECRET}',
  '{application.name}',
  'application.config["x"]',
  'https://evil.invalid/?a=b#c',
  'a: b\n---\nkind: Policy',
  '!!js/function "pwned"',
] as const;

/** Offers that are not where they say. */
export const offerUrls = [
  'evil.invalid:admin/m.db',
  'prod:../admin/m.db',
  'admin/m.db\n-m other',
  '--help',
  'a:b:c/d.e.f',
  ':/.',
  'admin/<b>.db',
] as const;

/** Keys that the language itself knows. */
export const hostileKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'length',
  '',
  '0',
  '$ref',
  '<<',
] as const;

const long = 'w'.repeat(600);

/** All of them, and texts without measure. */
export const hostileTexts: readonly string[] = [
  ...markup,
  ...unseen,
  ...terminal,
  ...command,
  ...spreadsheet,
  ...chat,
  ...language,
  ...offerUrls,
  ...hostileKeys,
  long,
  '\ud800',
  'e\u0301'.repeat(100),
];

/** A text with everything in it that could do harm; `n` tells one from another. */
export function nasty(n: number): string {
  return `n${n} ${markup[n % markup.length] ?? ''} ${unseen.join('x')} ${long}`;
}
