/** Mode and owner of files on this host, and the certificates in them. */
import { readFileSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { readTextFile } from '../../config/read-file.js';
import type { CertificateFacts, FileStanding } from '../../core/evidence/etcd.js';
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import { readCertificates } from '../../workload/x509/read-certificates.js';

export function standingOf(path: string, reading: Reading): Fact<FileStanding> {
  try {
    const { mode, uid, gid } = statSync(path);
    const owner = nameOf('/etc/passwd', uid);
    return known(reading, { path, mode: mode & 0o7777, owner, group: nameOf('/etc/group', gid) });
  } catch (error) {
    return unknown(reading, `${path} cannot be looked at: ${(error as Error).message}`);
  }
}

/** The name of a user or group; its number where the files of this host do not name it. */
function nameOf(file: string, id: number): string {
  try {
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .find((entry) => entry.split(':')[2] === String(id));
    return line?.split(':', 1).join('') ?? String(id);
  } catch {
    return String(id);
  }
}

/** The certificates in a file that a configuration names. A file that is not there is no mistake of a person's. */
export function certificatesAt(path: string, reading: Reading): Fact<readonly CertificateFacts[]> {
  if (!isAbsolute(path)) return unknown(reading, `${path} is relative to where etcd was started`);
  try {
    return known(reading, readCertificates(readTextFile(path).content));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return unknown(reading, error.message.startsWith(path) ? error.message : `${path}: ${error.message}`);
  }
}

/** The certificates in a file that a person names. @throws InputError */
export function certificatesNamed(file: string): readonly CertificateFacts[] {
  const { content } = readTextFile(file);
  try {
    return readCertificates(content);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${file}: ${error.message}`);
  }
}
