/** What a Juju controller refuses, with the code that goes over the wire; `''` where Juju sends none. */
export class JujuError extends Error {
  readonly code: string;
  /** `error-info` of the wire: the new home of a migrated model. */
  readonly info?: object;

  constructor(message: string, code = '', info?: object) {
    super(message);
    this.name = 'JujuError';
    this.code = code;
    if (info !== undefined) this.info = info;
  }
}

export function denied(): JujuError {
  return new JujuError('permission denied', 'unauthorized access');
}
