/** Reads what a unit answered to each look into facts of that unit. */
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { UnitInside } from '../../core/evidence/units.js';
import type { ActionAnswer, Look, LookAnswer, TellingAction } from '../../core/ports/workload-reader.js';
import { parseBackups, parseDetails, parseListeners } from '../parse/actions.js';
import { parseAuthorizerLog } from '../parse/authorizer-log.js';
import { parseCertificates, parseCertificateTexts } from '../parse/certificates.js';
import { parseAuthentication, parseMembers, parseVerifiers } from '../parse/etcd-answers.js';
import { parseKafka } from '../parse/kafka.js';
import { parsePacketFilter } from '../parse/packet-filter.js';
import { ParseError } from '../parse/parse-error.js';
import { parsePgbouncer } from '../parse/pgbouncer.js';
import { parsePostgresql } from '../parse/postgresql.js';
import { parseStanding } from '../parse/standing.js';
import { parseDisk, parsePro, parseSnap, parseUpdates } from '../parse/system.js';
import { parseZookeeper } from '../parse/zookeeper.js';
import { nameOf } from './answers.js';
import type { LookName } from './inquiry.js';

type UnitLook = Exclude<LookName, 'etcdConfiguration'>;
type Reader = (text: string, look: Look) => unknown;

const readers = {
  postgresql: parsePostgresql,
  verifiers: parseVerifiers,
  pgbouncer: parsePgbouncer,
  kafka: parseKafka,
  zookeeper: parseZookeeper,
  authorizerLog: parseAuthorizerLog,
  files: parseStanding,
  certificates: (text, look) =>
    text.startsWith('subject=') && look.kind === 'certificates'
      ? parseCertificateTexts(text, look.paths)
      : parseCertificates(text),
  etcdAuthentication: parseAuthentication,
  etcdPeers: parseMembers,
  pro: parsePro,
  updates: parseUpdates,
  snap: parseSnap,
  disk: parseDisk,
  packetFilter: parsePacketFilter,
} as const satisfies Record<UnitLook, Reader>;

const actionReaders = {
  'get-listeners': ['listeners', parseListeners],
  'list-backups': ['backups', parseBackups],
  'status-detail': ['details', parseDetails],
} as const satisfies Record<
  TellingAction,
  readonly [keyof UnitInside, (output: Readonly<Record<string, unknown>>) => unknown]
>;

/** The fact that an answer to a look gives. */
export function readLook(
  name: UnitLook,
  look: Look,
  told: { readonly answer: LookAnswer; readonly reading: Reading },
): UnitInside {
  return { [name]: factFrom(told, nameOf(look), (text) => readers[name](text, look)) };
}

/** A fact from the text of an answer; what cannot be read is unknown, and why. */
export function factFrom<T>(
  { answer, reading }: { readonly answer: LookAnswer; readonly reading: Reading },
  what: string,
  read: (text: string) => T,
): Fact<T> {
  if ('missing' in answer) return unknown(reading, answer.missing, answer.permission);
  return attempt(reading, what, () => read(answer.text));
}

/** The fact that an answer to an action gives. */
export function readAction(action: TellingAction, answer: ActionAnswer, reading: Reading): UnitInside {
  const [name, read] = actionReaders[action];
  if ('missing' in answer) return { [name]: unknown(reading, answer.missing, answer.permission) };
  return { [name]: attempt(reading, action, () => read(answer.output)) };
}

function attempt<T>(reading: Reading, what: string, read: () => T): Fact<T> {
  try {
    return known(reading, read());
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return unknown(reading, `${what} ${error.message}`);
  }
}
