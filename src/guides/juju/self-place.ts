import type { ControllerView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf } from '../../core/judgement.js';
import type { OwnFile, OwnPage } from '../../core/snapshot.js';
import { nothingAudited, type Audited, type Excess } from './self-audit.js';

/** Our own files and our page, as the daemon sees them; a one-off audit has neither. */
export function placeAudited(view: ControllerView): Audited {
  const fact = view.get('self');
  if (!isKnown(fact) || fact.value.place === undefined) return nothingAudited;
  const { files, page } = fact.value.place;
  const seen = [...files.map(fileText), ...(page === undefined ? [] : [pageText(page)])].join(', ');
  return {
    excesses: [...files.flatMap(openFile), ...(page === undefined ? [] : openPage(page))],
    evidence: [evidenceOf(fact, seen, 'files for us alone, the page on loopback or with TLS')],
    gaps: [],
  };
}

function fileText({ what, mode }: OwnFile): string {
  return `${what} ${mode.toString(8).padStart(4, '0')}`;
}

function pageText({ reach, encrypted }: OwnPage): string {
  return `page on ${reach} ${encrypted ? 'with' : 'without'} TLS`;
}

/** What others may do with it: nothing at all with a secret, and not write what directs us. */
function openFile({ what, mode, secret }: OwnFile): readonly Excess[] {
  const bits = secret ? 0o077 : 0o022;
  if ((mode & bits) === 0) return [];
  const message = `${what} may be ${secret ? 'read' : 'written'} by others (mode ${mode.toString(8)})`;
  return [{ reason: 'OwnFilesOpen', message }];
}

function openPage({ reach, encrypted }: OwnPage): readonly Excess[] {
  if (encrypted || reach === 'loopback') return [];
  return [{ reason: 'OwnPageInTheClear', message: 'our page is served to other machines without TLS' }];
}
