import type { AuditLine } from '../../core/drift/culprits.js';
import type { LoggedModel } from '../../core/ports/audit-log.js';
import type { SeenDeeds } from '../../core/snapshot.js';
import { DeedBook } from './deeds.js';
import { readLine, type Conversation } from './read-line.js';

/** Older than this (ms) nobody asks for any more. */
const kept = 4 * 3_600_000;
/** A flood pushes out the oldest. */
const most = 5000;

interface Said {
  readonly conversation: Conversation;
  /** Of clients that tell no command line: what they called, each once. */
  readonly methods: Set<string>;
}

/** The conversations of one controller's audit log that are young enough to matter. */
export class AuditLedger {
  private readonly byId = new Map<string, Said>();
  private readonly deedBook = new DeedBook();
  private readonly ours: ReadonlySet<string>;
  private shown = new Map<string, readonly AuditLine[]>();

  /** @param ours users whose calls are left out: the journal tells of them */
  constructor(ours: readonly string[]) {
    this.ours = new Set(ours);
  }

  /** @returns whether anything came in */
  add(line: string): boolean {
    const entry = readLine(line);
    if (entry === undefined) return false;
    this.deedBook.add(entry);
    if ('reply' in entry) return false;
    if ('request' in entry) return this.called(entry.request.conversation, entry.request.method);
    const { conversation } = entry;
    if (conversation.at === '' || this.ours.has(conversation.who)) return false;
    this.byId.set(conversation.id, { conversation, methods: new Set() });
    const oldest = this.byId.size > most ? this.byId.keys().next().value : undefined;
    if (oldest !== undefined) this.byId.delete(oldest);
    this.shown.clear();
    return true;
  }

  /** The same object while nothing more was done. */
  deeds(): SeenDeeds {
    return this.deedBook.done();
  }

  forget(now: number): void {
    for (const [id, { conversation }] of this.byId) {
      if (Date.parse(conversation.at) >= now - kept) continue;
      this.byId.delete(id);
      this.shown.clear();
    }
  }

  /** The same object while nothing came or went. */
  lines(model: LoggedModel): readonly AuditLine[] {
    const key = model.uuid ?? model.name;
    const known = this.shown.get(key);
    if (known !== undefined) return known;
    const said = [...this.byId.values()].filter(({ conversation }) => isAbout(conversation, model));
    const lines = said.map(lineOf).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    this.shown.set(key, lines);
    return lines;
  }

  private called(id: string, method: string): boolean {
    const said = this.byId.get(id);
    if (said === undefined || said.methods.size > 5 || said.methods.has(method)) return false;
    said.methods.add(method);
    this.shown.clear();
    return true;
  }
}

function isAbout({ model, modelUuid }: Conversation, { name, uuid }: LoggedModel): boolean {
  return uuid === undefined ? model === name || model.endsWith(`/${name}`) : modelUuid === uuid;
}

function lineOf({ conversation, methods }: Said): AuditLine {
  const { at, who, what } = conversation;
  return { at, who, what: what === '' ? [...methods].join(', ') : what };
}
