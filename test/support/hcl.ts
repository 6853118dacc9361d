/**
 * Reads the part of HCL that we print: blocks, attributes, quoted templates, lists, objects, references, numbers and
 * comments. Throws at anything else, an interpolation among them, as Terraform would read it differently than meant.
 */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: Readonly<Record<string, HclValue>>;
  readonly blocks: readonly HclBlock[];
}

export type HclValue = string | number | boolean | readonly HclValue[] | HclReference | HclObject;
export interface HclReference {
  readonly reference: string;
}
export interface HclObject {
  readonly object: Readonly<Record<string, HclValue>>;
}

type Token =
  | { readonly kind: 'word' | 'sign'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'end'; readonly text: '' };

/** The top-level blocks of a text. */
export function readHcl(text: string): readonly HclBlock[] {
  return new Reader(tokensOf(text)).body('end').blocks;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const space = /^(?:\s+|#[^\n]*)/.exec(rest)?.[0];
    if (space !== undefined) at += space.length;
    else if (rest.startsWith('"')) {
      const { value, length } = quoted(rest);
      tokens.push({ kind: 'text', text: value });
      at += length;
    } else {
      const word = /^(?:[\w-]+(?:\.[\w-]+|\[(?:\d+|"[^"]*")\])*|[{}[\]=,])/.exec(rest)?.[0];
      if (word === undefined) throw new Error(`no HCL at: ${rest.slice(0, 40)}`);
      tokens.push({ kind: /^[{}[\]=,]$/.test(word) ? 'sign' : 'word', text: word });
      at += word.length;
    }
  }
  return [...tokens, { kind: 'end', text: '' }];
}

interface Piece {
  readonly value: string;
  readonly length: number;
}

function quoted(rest: string): Piece {
  let value = '';
  let at = 1;
  while (rest[at] !== '"') {
    const piece = pieceOf(rest.slice(at));
    value += piece.value;
    at += piece.length;
  }
  return { value, length: at + 1 };
}

/** What comes next in a quoted template; `$${` and `%%{` stand for `${` and `%{`. */
function pieceOf(tail: string): Piece {
  if (tail === '' || tail.startsWith('\n')) throw new Error('a text does not end on its line');
  if (/^(?:\$\$|%%)\{/.test(tail)) return { value: tail.slice(1, 3), length: 3 };
  if (/^[$%]\{/.test(tail)) throw new Error(`a template would be evaluated: ${tail.slice(0, 40)}`);
  return tail.startsWith('\\') ? escapeOf(tail) : { value: tail.slice(0, 1), length: 1 };
}

function escapeOf(tail: string): Piece {
  const unicode = /^\\u([\da-f]{4})/i.exec(tail)?.[1];
  if (unicode !== undefined) return { value: String.fromCharCode(parseInt(unicode, 16)), length: 6 };
  const letter = escapes[tail[1] ?? ''];
  if (letter === undefined) throw new Error(`no escape: ${tail.slice(0, 2)}`);
  return { value: letter, length: 2 };
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  body(until: 'end' | '}'): Pick<HclBlock, 'attributes' | 'blocks'> {
    const attributes: Record<string, HclValue> = {};
    const blocks: HclBlock[] = [];
    while (!this.#isAt(until)) {
      const name = this.#take('word');
      if (this.#isAt('=')) {
        this.#at += 1;
        attributes[name] = this.#value();
      } else blocks.push(this.#block(name));
    }
    this.#at += 1;
    return { attributes, blocks };
  }

  #block(type: string): HclBlock {
    const labels: string[] = [];
    while (this.#peek().kind === 'text') labels.push(this.#take('text'));
    this.#expect('{');
    return { type, labels, ...this.body('}') };
  }

  #value(): HclValue {
    if (this.#peek().kind === 'text') return this.#take('text');
    if (this.#isAt('[')) return this.#list();
    if (this.#isAt('{')) return this.#object();
    const word = this.#take('word');
    if (word === 'true' || word === 'false') return word === 'true';
    return /^\d+$/.test(word) ? Number(word) : { reference: word };
  }

  #list(): readonly HclValue[] {
    this.#expect('[');
    const items: HclValue[] = [];
    while (!this.#isAt(']')) {
      items.push(this.#value());
      if (this.#isAt(',')) this.#at += 1;
    }
    this.#at += 1;
    return items;
  }

  #object(): HclObject {
    this.#expect('{');
    const object: Record<string, HclValue> = {};
    while (!this.#isAt('}')) {
      const key = this.#peek().kind === 'text' ? this.#take('text') : this.#take('word');
      this.#expect('=');
      object[key] = this.#value();
    }
    this.#at += 1;
    return { object };
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #isAt(sign: string): boolean {
    const { kind, text } = this.#peek();
    return sign === 'end' ? kind === 'end' : kind === 'sign' && text === sign;
  }

  #take(kind: 'word' | 'text'): string {
    const token = this.#peek();
    if (token.kind !== kind) throw new Error(`wanted a ${kind}, found ${token.kind} ${token.text}`);
    this.#at += 1;
    return token.text;
  }

  #expect(sign: string): void {
    if (!this.#isAt(sign)) throw new Error(`wanted ${sign}, found ${this.#peek().text}`);
    this.#at += 1;
  }
}
