import { goBoolean, isGoDuration, isGoInteger, isGoUnsigned } from './go-values.js';
import type { OptionKind } from './options.js';
import { readUrls } from './urls.js';

/** The value as it is kept, or why etcd does not take it from a flag or a variable. */
export type ReadValue = { readonly value: string } | { readonly refused: string };

export function readOptionValue(kind: OptionKind, text: string): ReadValue {
  if (kind === 'boolean') {
    const value = goBoolean(text);
    return value === undefined
      ? { refused: `${quoted(text)} is no boolean to etcd` }
      : { value: String(value) };
  }
  if (kind === 'urls') return urlsValue(text);
  if (typeof kind !== 'string')
    return kind.includes(text)
      ? { value: text }
      : { refused: `${quoted(text)} is none of ${kind.join(', ')}` };
  return isOf(kind, text) ? { value: text } : { refused: `${quoted(text)} is no ${words[kind] ?? 'value'}` };
}

function urlsValue(text: string): ReadValue {
  if (text === '') return { value: '' };
  const urls = readUrls(text);
  return 'refused' in urls ? urls : { value: text };
}

const words: Readonly<Record<string, string>> = {
  unsigned: 'number without sign',
  integer: 'number',
  duration: 'duration',
};

function isOf(kind: 'unsigned' | 'integer' | 'duration' | 'text' | 'ignored', text: string): boolean {
  switch (kind) {
    case 'unsigned':
      return isGoUnsigned(text);
    case 'integer':
      return isGoInteger(text);
    case 'duration':
      return isGoDuration(text);
    case 'text':
    case 'ignored':
      return true;
  }
}

export function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
