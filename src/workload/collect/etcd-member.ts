/** A member of etcd from what was taken from its unit. */
import { isKnown, known, mapFact, unknown, type Fact, type Reading } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import type {
  CertificateFacts,
  EtcdConfiguration,
  EtcdMember,
  FileStanding,
} from '../../core/evidence/etcd.js';
import type { UnitInside } from '../../core/evidence/units.js';
import type { Look, LookAnswer } from '../../core/ports/workload-reader.js';
import { readEtcdConfiguration } from '../etcd/read-configuration.js';
import { certificateTexts } from '../parse/certificates.js';
import { keyValues } from '../parse/key-values.js';
import { ParseError } from '../parse/parse-error.js';
import { readCertificates } from '../x509/read-certificates.js';
import { nameOf } from './answers.js';
import { etcdFiles } from './inquiries.js';

/** What was told of a unit's looks. */
export interface Told {
  readonly answer: LookAnswer;
  readonly reading: Reading;
}

export interface EtcdAsked {
  readonly configuration: { readonly look: Look; readonly told: Told };
  readonly certificates: Told;
  readonly inside: UnitInside;
  /** etcd's own version, where it is known. */
  readonly version: string | undefined;
}

export function etcdMember({ configuration, certificates, inside, version }: EtcdAsked): EtcdMember {
  const cas = (path: string): Fact<readonly CertificateFacts[]> | undefined =>
    authoritiesIn(certificates, path);
  const [clientCas, peerCas] = [cas(etcdFiles.clientCa), cas(etcdFiles.peerCa)];
  const [file, data] = [standingOf(inside, etcdFiles.configuration), standingOf(inside, etcdFiles.data)];
  return {
    configuration: configurationOf(configuration, version),
    ...(file === undefined ? {} : { configurationFile: file }),
    ...(data === undefined ? {} : { dataDirectory: data }),
    ...(clientCas === undefined ? {} : { clientCas }),
    ...(peerCas === undefined ? {} : { peerCas }),
  };
}

function configurationOf(
  { look, told: { answer, reading } }: EtcdAsked['configuration'],
  version: string | undefined,
): Fact<EtcdConfiguration> {
  if ('missing' in answer) return unknown(reading, answer.missing, answer.permission);
  return attempt(reading, nameOf(look), () => {
    const text = yamlOf(answer.text);
    return readEtcdConfiguration({ file: { name: etcdFiles.configuration, text } }, version);
  });
}

/** The keys as a file again, for etcd's own reader: blocks that follow each other stay together. @throws ParseError */
function yamlOf(text: string): string {
  const lines: string[] = [];
  let block: string | undefined;
  for (const { path, raw } of keyValues(text)) {
    const [first = '', second] = path.split('/');
    if (second === undefined) lines.push(`${first}: ${raw}`);
    else {
      if (block !== first) lines.push(`${first}:`);
      lines.push(`  ${second}: ${raw}`);
    }
    block = second === undefined ? undefined : first;
  }
  return `${lines.join('\n')}\n`;
}

function standingOf({ files }: UnitInside, path: string): Fact<FileStanding> | undefined {
  if (files === undefined) return undefined;
  if (!isKnown(files)) return files;
  const standing = files.value[path];
  return standing === undefined
    ? unknown({ source: files.source, at: files.at }, `there is no ${path} on the unit`)
    : mapFact(files, () => standing);
}

/** Undefined where the file is not there, and where only a summary of it was recorded. */
function authoritiesIn(
  { answer, reading }: Told,
  path: string,
): Fact<readonly CertificateFacts[]> | undefined {
  if ('missing' in answer) return unknown(reading, answer.missing, answer.permission);
  if (answer.text.startsWith('subject=')) return undefined;
  const pem = certificateTexts(answer.text)[path];
  return pem === undefined ? undefined : attempt(reading, path, () => readCertificates(pem));
}

/** The CAs in the files of a unit that hold CAs. */
export function authorities({ answer, reading }: Told): Fact<readonly CertificateFacts[]> | undefined {
  if ('missing' in answer || answer.text.startsWith('subject=')) return undefined;
  return attempt(reading, 'the certificates of CAs', () =>
    Object.entries(certificateTexts(answer.text)).flatMap(([path, pem]) =>
      path.endsWith('ca.pem') ? readCertificates(pem) : [],
    ),
  );
}

function attempt<T>(reading: Reading, what: string, read: () => T): Fact<T> {
  try {
    return known(reading, read());
  } catch (error) {
    if (!(error instanceof ParseError || error instanceof InputError)) throw error;
    return unknown(reading, `${what}: ${error.message}`);
  }
}
