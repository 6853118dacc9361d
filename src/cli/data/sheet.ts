import { knowledgeFiles, loadKnowledge, type LoadedFile } from '../../config/knowledge.js';
import { leavesOf } from './leaves.js';
import type { Advisory, Knowledge, KnowledgeTables } from '../../core/knowledge.js';
import { millis } from '../../core/time.js';

/** What there is to say of the knowledge data in use. */
export interface DataSheet {
  /** Files laid over the shipped ones. */
  readonly overlaid: readonly string[];
  readonly tables: readonly TableSheet[];
  readonly advisories: {
    readonly count: number;
    readonly bySeverity: Readonly<Partial<Record<Advisory['severity'], number>>>;
    /** The date of the newest one; absent where there is none. */
    readonly newest?: string;
  };
  readonly channels: {
    readonly tracks: number;
    /** Those of which Charmhub itself was asked. */
    readonly asked: number;
    /** The day on which it was asked longest ago. */
    readonly oldestAsked?: string;
  };
  /** One sentence for each thing that is too old, or dated in the future. */
  readonly stale: readonly string[];
}

export interface TableSheet {
  readonly table: keyof KnowledgeTables;
  readonly entries: number;
  /** When it was last looked through. */
  readonly date: string;
  /** Whole days. */
  readonly ageDays: number;
  readonly stale: boolean;
  /** How many entries come from files that are laid over the shipped ones. */
  readonly own: number;
}

export interface Asked {
  readonly overlay: string | undefined;
  /** Seconds that a table may be old. */
  readonly maxAge: number;
  /** ms. */
  readonly now: number;
}

/** @throws InputError with all that is wrong in a file */
export function dataSheet({ overlay, maxAge, now }: Asked): DataSheet {
  const files = knowledgeFiles(overlay);
  const knowledge = loadKnowledge(overlay);
  const tables = tablesOf(knowledge).map((table) => tableSheet(table, { files, knowledge, maxAge, now }));
  const channels = channelsOf(knowledge);
  return {
    overlaid: files.filter(({ shipped }) => !shipped).map(({ file }) => file),
    tables,
    advisories: advisoriesOf(knowledge),
    channels,
    stale: tables.flatMap((sheet) => staleText(sheet, maxAge, now)),
  };
}

function tablesOf({ dates }: Knowledge): readonly (keyof KnowledgeTables)[] {
  return Object.keys(dates).sort() as (keyof KnowledgeTables)[];
}

interface Judging extends Pick<Asked, 'maxAge' | 'now'> {
  readonly files: readonly LoadedFile[];
  readonly knowledge: Knowledge;
}

const day = 86_400_000;

function tableSheet(table: keyof KnowledgeTables, { files, knowledge, maxAge, now }: Judging): TableSheet {
  const date = knowledge.dates[table];
  const age = now - millis(date);
  const own = files.filter(({ shipped }) => !shipped).flatMap(({ content }) => leavesOf(content[table]));
  return {
    table,
    entries: leavesOf(knowledge[table]).length,
    date,
    ageDays: Math.floor(age / day),
    stale: age > maxAge * 1000 || age < 0,
    own: own.length,
  };
}

function staleText({ table, date, ageDays, stale }: TableSheet, maxAge: number, now: number): string[] {
  if (!stale) return [];
  if (millis(date) > now) return [`${table} is dated ${date}, which has not come yet`];
  const most = Math.floor(maxAge / 86_400);
  return [`${table} was last looked through on ${date}, ${ageDays} days ago; at most ${most} are wanted`];
}

function advisoriesOf({ advisories }: Knowledge): DataSheet['advisories'] {
  const all = Object.values(advisories);
  const bySeverity: Partial<Record<Advisory['severity'], number>> = {};
  for (const { severity } of all) bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
  const newest = all
    .map(({ date }) => date)
    .sort()
    .at(-1);
  return { count: all.length, bySeverity, ...(newest === undefined ? {} : { newest }) };
}

function channelsOf({ channelMaps }: Knowledge): DataSheet['channels'] {
  const tracks = Object.values(channelMaps).flatMap((charm) => Object.values(charm));
  const asked = tracks.flatMap((track) => track.asked ?? []).sort();
  const [oldestAsked] = asked;
  return {
    tracks: tracks.length,
    asked: asked.length,
    ...(oldestAsked === undefined ? {} : { oldestAsked }),
  };
}
