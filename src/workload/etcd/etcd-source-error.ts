import { InputError } from '../../core/input-error.js';

/** A source of etcd's settings that is no such source: too long, not text, or with parts that somebody else fills in. */
export class EtcdSourceError extends InputError {}

/** Far beyond what anybody writes; what is longer is not read at all. */
export const most = { fileBytes: 32_768, environmentBytes: 262_144, words: 4096, ignored: 20 } as const;

/** @throws EtcdSourceError for a text that is too long, or holds what no text holds. */
export function assertText(text: string, bytes: number, what: string): void {
  if (text.length > bytes) throw new EtcdSourceError(`${what} is longer than ${bytes / 1024} KiB`);
  if (what !== 'the environment' && text.includes('\0')) throw new EtcdSourceError(`${what} is not text`);
}
