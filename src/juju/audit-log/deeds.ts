import { newDict } from '../../core/dict.js';
import type { SeenDeeds } from '../../core/snapshot.js';
import type { Conversation, LogEntry, Reply, Request } from './read-line.js';

/** Conversations and requests beyond these are those of long ago. */
const most = 5000;

/** What was done once and is worth remembering: it counts from the answer that says that it went well. */
export class DeedBook {
  private readonly talks = new Map<string, Conversation>();
  private readonly begun = new Map<string, Request>();
  private seen: SeenDeeds = { passwords: newDict() };

  add(entry: LogEntry): void {
    if ('conversation' in entry) keep(this.talks, entry.conversation.id, entry.conversation);
    else if ('reply' in entry) this.answered(entry.reply);
    else if (deeds.has(entry.request.method)) keep(this.begun, keyOf(entry.request), entry.request);
  }

  done(): SeenDeeds {
    return this.seen;
  }

  private answered({ conversation, request, failed }: Reply): void {
    const key = keyOf({ conversation, id: request });
    const asked = this.begun.get(key);
    this.begun.delete(key);
    if (asked === undefined || failed || asked.at === '') return;
    if (asked.method === backup) this.seen = { ...this.seen, backup: asked.at };
    else this.passwordChanged(asked);
  }

  /** Juju keeps no arguments in its log: whose password it was, the command line tells that the client named. */
  private passwordChanged({ conversation, at }: Request): void {
    const talk = this.talks.get(conversation);
    const user = talk === undefined ? undefined : userIn(talk);
    if (talk === undefined || user === undefined) return;
    const passwords = Object.assign(newDict<Changed>(), this.seen.passwords, {
      [user]: { at, by: talk.who },
    });
    this.seen = { ...this.seen, passwords };
  }
}

type Changed = SeenDeeds['passwords'][string];

const backup = 'Backups.Create';
const deeds: ReadonlySet<string> = new Set([backup, 'UserManager.SetPassword']);

function keyOf({ conversation, id }: Pick<Request, 'conversation' | 'id'>): string {
  return `${conversation} ${id}`;
}

function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.set(key, value);
  const oldest = kept.size > most ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
}

/** `juju change-user-password bob`: without a name it is the caller's own; undefined for other clients. */
function userIn({ what, who }: Conversation): string | undefined {
  const [, command, ...words] = what.split(' ');
  if (command !== 'change-user-password') return undefined;
  const flagged = new Set(words.flatMap((word, n) => (valued.has(word) ? [n, n + 1] : [])));
  const [named] = words.filter((word, n) => !flagged.has(n) && !word.startsWith('-'));
  return named ?? who;
}

/** Options of it that take a value. */
const valued: ReadonlySet<string> = new Set(['-c', '--controller']);
