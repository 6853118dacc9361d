import type { ApplicationView } from '../../core/evaluate/view.js';
import type { FileStanding } from '../../core/evidence/etcd.js';
import type { Dict } from '../../core/dict.js';
import type { Judgement } from '../../core/judgement.js';
import { fine, insideJudgement, insideReasons, nothing, wrong, type InsideVerdict } from './inside.js';

/** The reasons that `filesPrivate` gives. */
export const fileReasons = {
  ...insideReasons,
  FileTooOpen: 'A file with secrets gives rights to others than its owner.',
} as const;

export interface PrivateFiles {
  /** What has to be looked at, in words that start a sentence. */
  readonly what: string;
  readonly wanted: string;
  /** Bits that a file may not have, by the end of its path; files of which none is named are left out. */
  readonly forbidden: (path: string) => number | undefined;
}

/** Whether the files that hold secrets give no rights to those who need none. */
export function filesPrivate(app: ApplicationView, { what, wanted, forbidden }: PrivateFiles): Judgement {
  return insideJudgement(app, {
    kind: 'files',
    what,
    wanted,
    met: `${wanted} on every unit`,
    verdict: (files) => verdictOn(files, forbidden),
  });
}

function verdictOn(files: Dict<FileStanding>, forbidden: PrivateFiles['forbidden']): InsideVerdict {
  const meant = Object.values(files).filter(({ path }) => forbidden(path) !== undefined);
  const seen = meant.map(({ path, mode }) => `${path} ${octal(mode)}`).join(', ');
  if (meant.length === 0) return nothing('UnitNotSeen', 'has none of these files');
  const open = meant.find(({ path, mode }) => (mode & (forbidden(path) ?? 0)) !== 0);
  return open === undefined
    ? fine(seen)
    : wrong('FileTooOpen', `has ${open.path} with mode ${octal(open.mode)}`, seen);
}

function octal(mode: number): string {
  return mode.toString(8).padStart(3, '0');
}
