/** The checks of files: modes are bits, none of which may be set beyond those that are allowed. */
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { FileStanding } from '../../core/evidence/etcd.js';
import { isKnown, type Fact } from '../../core/fact.js';
import type { Judgement } from '../../core/judgement.js';
import {
  memberReasons,
  membersJudgement,
  type MemberVerdict,
  type SeenMember,
} from '../shared/etcd-members.js';

const standingReasons = { ...memberReasons, FileNotSeen: 'Mode and owner were not seen.' } as const;

/** The reasons that the judgements of files give, by what they ask. */
export const fileReasons = {
  mode: { ...standingReasons, ModeTooWide: 'Others than the owner may read or change it.' },
  owner: { ...standingReasons, OtherOwner: 'It belongs to another user or group.' },
} as const;

type File = 'configurationFile' | 'dataDirectory';

const names: Readonly<Record<File, string>> = {
  configurationFile: "etcd's configuration file",
  dataDirectory: "etcd's data directory",
};

/** Whether the mode has no bits but those of `allowed`. */
export function modeWithin(app: ApplicationView, file: File, allowed: number): Judgement {
  return judged(app, file, {
    wanted: `${octal(allowed)} or stricter`,
    verdict: ({ mode }) =>
      (mode & ~allowed & 0o7777) === 0
        ? undefined
        : {
            reason: 'ModeTooWide',
            words: `has ${names[file]} with mode ${octal(mode)}, wider than ${octal(allowed)}`,
          },
  });
}

export function ownedBy(app: ApplicationView, file: File, owner: string): Judgement {
  return judged(app, file, {
    wanted: `owned by ${owner}`,
    verdict: (standing) => {
      const seen = `${standing.owner}:${standing.group}`;
      return seen === owner
        ? undefined
        : { reason: 'OtherOwner', words: `has ${names[file]} owned by ${seen} instead of ${owner}` };
    },
  });
}

interface FileQuestion {
  readonly wanted: string;
  readonly verdict: (standing: FileStanding) => Pick<MemberVerdict, 'reason' | 'words'> | undefined;
}

function judged(app: ApplicationView, file: File, question: FileQuestion): Judgement {
  return membersJudgement(app, {
    what: `which mode and owner ${names[file]} has`,
    wanted: question.wanted,
    met: `${names[file]} is ${question.wanted} on every member`,
    verdict: (member) => withoutFile(member, file) ?? onStanding(member[file], file, question),
  });
}

/** Where flags and environment rule, no file is read. */
function withoutFile({ configuration }: SeenMember, file: File): MemberVerdict | undefined {
  if (file !== 'configurationFile' || configuration === undefined || !isKnown(configuration))
    return undefined;
  if (configuration.value.ruledBy === 'file') return undefined;
  const seen: MemberVerdict['seen'] = [[configuration, 'flags and environment rule']];
  return { says: 'apart', reason: 'NoConfigurationFile', words: 'reads no configuration file', seen };
}

function onStanding(fact: Fact<FileStanding> | undefined, file: File, question: FileQuestion): MemberVerdict {
  if (fact === undefined || !isKnown(fact)) {
    const why = fact === undefined ? '' : `: ${fact.unknown.reason}`;
    const words = `did not show mode and owner of ${names[file]}${why}`;
    return {
      says: 'nothing',
      reason: 'FileNotSeen',
      words,
      seen: fact === undefined ? [] : [[fact, 'not read']],
    };
  }
  const { path, mode, owner, group } = fact.value;
  const seen: MemberVerdict['seen'] = [[fact, `${path}: ${octal(mode)} ${owner}:${group}`]];
  const shortfall = question.verdict(fact.value);
  return shortfall === undefined
    ? { says: 'good', reason: '', words: '', seen }
    : { says: 'bad', ...shortfall, seen };
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8);
}
