/** HCL as Terraform reads it: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md says what has to be escaped. */

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

// eslint-disable-next-line no-control-regex -- these characters are what is looked for
const unsafe = /[\\"\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A text as a quoted template that is nothing but this text: no interpolation, no directive, no line break. */
export function quotedText(text: string): string {
  const safe = text
    .replace(unsafe, (letter) => escapes[letter] ?? unicodeEscape(letter))
    .replaceAll('${', () => '$${')
    .replaceAll('%{', '%%{');
  return `"${safe}"`;
}

function unicodeEscape(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A list of texts. */
export function textList(texts: readonly string[]): string {
  return `[${texts.map(quotedText).join(', ')}]`;
}

/** A text made fit to be a resource's label: letters, digits, `_` and `-`, not beginning with a digit. */
export function label(text: string): string {
  const plain = text.replace(/[^\w-]+/g, '_').slice(0, 100);
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}

/** Lines of a body: attributes aligned as `terraform fmt` does, blocks and comments as they are. */
export function block(head: string, body: readonly (Attribute | string)[]): readonly string[] {
  return [`${head} {`, ...aligned(body).map((line) => (line === '' ? '' : `  ${line}`)), '}'];
}

/** A name with an expression. */
export type Attribute = readonly [name: string, expression: string];

function aligned(body: readonly (Attribute | string)[]): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < body.length; at += 1) {
    const line = body[at] ?? '';
    lines.push(typeof line === 'string' ? line : attributeLine(line, widthOfRun(body, at)));
  }
  return lines;
}

function attributeLine([name, expression]: Attribute, width: number): string {
  return `${name.padEnd(width)} = ${expression}`;
}

/** Attributes on neighbouring lines share their column. */
function widthOfRun(body: readonly (Attribute | string)[], at: number): number {
  let first = at;
  while (Array.isArray(body[first - 1])) first -= 1;
  let width = 0;
  for (let next = first; Array.isArray(body[next]); next += 1)
    width = Math.max(width, body[next]?.[0]?.length ?? 0);
  return width;
}

const columns = 78;

/** Comment lines; nothing in the text can end the comment. */
export function comment(text: string, indent = '# '): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${indent}${each}`.trimEnd());
}

/** A command in a comment: on one line, so that it can be copied. */
export function commandComment(command: string): string {
  return `#   ${oneLine(command)}`;
}

// eslint-disable-next-line no-control-regex -- these characters are what is looked for
const harmful = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*|\t/g, ' ').replace(harmful, '\u00b7');
}
