import { unknown, type Reading, type Unknown } from '../../core/fact.js';

/** The facts that neither a status nor a bundle carries, each as one shared unknown fact of a reading. */
export interface Gaps {
  readonly users: Unknown;
  readonly settings: Unknown;
  readonly blocks: Unknown;
  readonly secrets: Unknown;
  readonly sshKeys: Unknown;
  readonly credential: Unknown;
  readonly secretBackend: Unknown;
  readonly operations: Unknown;
  readonly options: Unknown;
  readonly trust: Unknown;
  readonly probes: Unknown;
  readonly clouds: Unknown;
  readonly self: Unknown;
  readonly controller: Unknown;
  readonly controllerConfig: Unknown;
}

/** `carrier` is how people call what was read: `a status file`, `a bundle`. */
export function gapsOf(reading: Reading, carrier: string): Gaps {
  const missing = (what: string): Unknown => notCarried(reading, carrier, what);
  return {
    users: missing('users and their access'),
    settings: missing('model settings'),
    blocks: missing('disabled commands'),
    secrets: missing('secrets'),
    sshKeys: missing('SSH keys'),
    credential: missing('the cloud credential'),
    secretBackend: missing('the secret backend'),
    operations: missing('what was run on units'),
    options: missing('application options'),
    trust: missing('whether an application is trusted'),
    probes: unknown(
      reading,
      `the units' ports are not probed when reading ${carrier}; let the daemon watch the controller`,
    ),
    clouds: missing('the access to clouds'),
    self: missing('who we are on the controller'),
    controller: missing("the controller's own version"),
    controllerConfig: missing('controller settings'),
  };
}

export function notCarried(reading: Reading, carrier: string, what: string): Unknown {
  return unknown(
    reading,
    `${carrier} does not carry ${what}; run with --juju or give a controller in the policy`,
  );
}

/** An object of which Juju itself says that it could not read it. */
export function unreadable(reading: Reading, what: string, error: string): Unknown {
  return unknown(reading, `Juju could not read ${what}: ${error === '' ? 'no reason given' : error}`);
}
