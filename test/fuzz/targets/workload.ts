/** What units print, and what servers say to whoever knocks at their ports. */
import { X509Certificate } from 'node:crypto';
import type { Reading } from '../../../src/core/fact.js';
import { InputError } from '../../../src/core/input-error.js';
import type { Look } from '../../../src/core/ports/workload-reader.js';
import { answersIn } from '../../../src/workload/collect/answers.js';
import { readAction, readLook } from '../../../src/workload/collect/read-answers.js';
import { etcdArguments } from '../../../src/workload/etcd/command-line.js';
import { readVariables } from '../../../src/workload/etcd/environment.js';
import { decodeProto, messagesIn, numberIn, textsIn } from '../../../src/workload/etcd/live/protobuf.js';
import { readEtcdConfiguration } from '../../../src/workload/etcd/read-configuration.js';
import { ParseError } from '../../../src/workload/parse/parse-error.js';
import { peerCertificate } from '../../../src/workload/peer-certificate.js';
import { startupReply } from '../../../src/workload/postgresql-messages.js';
import { speeches } from '../../../src/workload/speech.js';
import { readCertificates } from '../../../src/workload/x509/read-certificates.js';
import { workloadParsers } from '../../support/workload-parsers.js';
import { jsonIn, utf8, type Target } from '../target.js';

const reading: Reading = { source: { road: 'workload', call: 'exec' }, at: '2026-11-22T04:00:00Z' };

const looks: readonly Look[] = [
  { kind: 'keys', paths: ['/etc/a'], format: 'properties', keys: ['listeners'] },
  { kind: 'stat', paths: ['/etc/a', '/etc/b'] },
  { kind: 'certificates', paths: ['/a', '/b'] },
  { kind: 'program', program: 'pro' },
];
const names = ['kafka', 'files', 'certificates', 'pro'] as const;

/** What a script printed on a unit, read as each look would be; nothing of it may end a round. */
function scriptOutput(bytes: Buffer): unknown {
  const answers = answersIn(utf8(bytes), looks);
  return answers.map((answer, at) =>
    readLook(names[at] ?? 'pro', looks[at] ?? looks[0]!, { answer, reading }),
  );
}

function actionOutput(bytes: Buffer): unknown {
  const value = jsonIn(bytes);
  const output =
    typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : { backups: utf8(bytes) };
  return (['get-listeners', 'list-backups', 'status-detail'] as const).map((action) =>
    readAction(action, { output }, reading),
  );
}

/** A message of a member, whatever its fields are taken for. */
function protobuf(bytes: Buffer): unknown {
  const message = decodeProto(bytes);
  return (
    message &&
    [1, 2, 3, 2 ** 29 - 1].map((field) => [
      numberIn(message, field),
      textsIn(message, field),
      messagesIn(message, field),
    ])
  );
}

function spoken(bytes: Buffer): unknown {
  const heard = Object.values(speeches).flatMap(({ hear }) => [hear(bytes, false), hear(bytes, true)]);
  return [...heard, startupReply(bytes)];
}

function certificate(bytes: Buffer): unknown {
  try {
    return peerCertificate(new X509Certificate(bytes));
  } catch (error) {
    // OpenSSL's own word, before it is ours to read.
    if ((error as { code?: unknown }).code !== undefined) return undefined;
    throw error;
  }
}

const parsers: readonly Target[] = Object.entries(workloadParsers).map(([name, parse]) => ({
  name: `unit-${name.replaceAll(' ', '-')}`,
  read: (bytes) => parse(utf8(bytes)),
  refusals: [ParseError],
  seeds: ['parsers'],
}));

export const workloadTargets: readonly Target[] = [
  ...parsers,
  {
    name: 'unit-script',
    read: scriptOutput,
    refusals: [],
    seeds: ['parsers'],
    words: ['== 0', '== 1', '== 2', '== 3', '\n|', '\n?0', '?absent'],
  },
  { name: 'unit-action', read: actionOutput, refusals: [] },
  {
    name: 'etcd-file',
    read: (bytes) => readEtcdConfiguration({ file: { name: 'f', text: utf8(bytes) } }),
    refusals: [InputError],
    seeds: ['etcd'],
  },
  {
    name: 'etcd-flags',
    read: (bytes) => readEtcdConfiguration({ flags: etcdArguments(utf8(bytes)) }),
    refusals: [InputError],
  },
  {
    name: 'etcd-variables',
    read: (bytes) => readEtcdConfiguration({ variables: readVariables(utf8(bytes)) }),
    refusals: [InputError],
  },
  { name: 'etcd-protobuf', read: protobuf, refusals: [] },
  { name: 'pem', read: (bytes) => readCertificates(utf8(bytes)), refusals: [InputError] },
  { name: 'peer-certificate', read: certificate, refusals: [] },
  { name: 'port-answers', read: spoken, refusals: [] },
];
