/** Where this daemon runs, for the control that judges Holdfast itself: modes of its files, and how its page is served. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../config/environment.js';
import type { Policy } from '../core/policy/policy.js';
import type { OwnFile, OwnPage, OwnPlace } from '../core/snapshot.js';
import { isLoopback } from '../report/web/host.js';

interface Whereabouts {
  readonly policyFile: string;
  readonly environment: Pick<Environment, 'stateDir' | 'listen'>;
}

/** Looks anew whenever it is called. Files that are not there, or not ours to look at, are left out. */
export function ownPlaceOf({ policyFile, environment }: Whereabouts): (policy: Policy) => OwnPlace {
  const { stateDir, listen } = environment;
  return (policy) => ({
    files: [
      ...fileAt('the policy', policyFile, false),
      ...['', '-wal', '-shm'].flatMap((end) =>
        fileAt(`the journal${end}`, join(stateDir, `journal.sqlite${end}`), true),
      ),
      ...fileAt("the folder of juju's logins", join(stateDir, 'juju'), true),
      ...fileAt('the folder of passwords under change', join(stateDir, 'rotation'), true),
      ...filesIn('a password under change', join(stateDir, 'rotation')),
    ],
    page: pageOf(listen.host, policy),
  });
}

function fileAt(what: string, file: string, secret: boolean): readonly OwnFile[] {
  try {
    return [{ what, mode: statSync(file).mode & 0o777, secret }];
  } catch {
    return [];
  }
}

function filesIn(what: string, folder: string): readonly OwnFile[] {
  try {
    return readdirSync(folder).flatMap((name) => fileAt(what, join(folder, name), true));
  } catch {
    return [];
  }
}

function pageOf(host: string, { web }: Policy): OwnPage {
  return {
    reach: isLoopback(host) ? 'loopback' : 'network',
    encrypted: web?.tls !== undefined || web?.proxied === true,
  };
}
